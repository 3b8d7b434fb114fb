"""Axe's rules, from the package of the same name: no page needs the network or a looser policy for them."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def faults_of(page: Page) -> list[str]:
    """What axe finds once the page is there, one line for each element."""
    page.wait_for_load_state()
    found = AXE.run(page).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {node['html'][:120]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]
