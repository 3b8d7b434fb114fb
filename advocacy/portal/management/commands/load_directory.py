"""`python3 manage.py load_directory`: the real officials of Congress, the states and the Canadian Commons."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from advocacy.portal.demo import furnish
from legislation.sources import canada, congress, openstates

SOURCES = (congress.SOURCE, openstates.SOURCE, canada.SOURCE)


class Command(BaseCommand):
    help = (
        "Load or update the real directory. Without arguments it downloads all three sources from their "
        "publishers; naming files uses those instead. Run it again whenever you like: only what changed is "
        "written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(f"--{congress.SOURCE}", metavar="PATH", help="folder of the Congress files")
        parser.add_argument(f"--{openstates.SOURCE}", metavar="PATH", help="folder or archive of the states")
        parser.add_argument(f"--{canada.SOURCE}", metavar="PATH", help="file of the members of Parliament")
        parser.add_argument("--dry-run", action="store_true", help="report what would change, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if furnish.is_furnished():
            raise CommandError(
                "This is the demo: invented contacts would stand beside real officials. Start clean first: "
                "python3 manage.py start_clean"
            )
        paths = {source: options[source.replace("-", "_")] for source in SOURCES}
        wanted = {source: path for source, path in paths.items() if path} or paths
        failed = [source for source, path in wanted.items() if not self.load(source, path, **options)]
        if failed:
            raise CommandError(f"Not loaded: {', '.join(failed)}. The lines above say why; the rest is in.")

    def load(self, source: str, path: str | None, *, dry_run: bool, **options: Any) -> bool:
        """Whether this source came in; the others do not suffer when it does not."""
        self.stdout.write(f"{source}: {path or 'downloading'}")
        how: dict[str, Any] = {"path": path} if path else {"download": True}
        try:
            call_command("import_officials", source, dry_run=dry_run, stdout=self.stdout, **how)
        except CommandError as problem:
            self.stderr.write(f"{source}: {problem}")
            return False
        return True
