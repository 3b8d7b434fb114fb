/* People and offices are dragged onto a team. What a drop does, the select beside each of them does too. */
const form = document.getElementById("place-form");
let dragged = null;

if (form) {
  for (const one of document.querySelectorAll("[data-place]")) {
    one.draggable = true;
    one.addEventListener("dragstart", (event) => {
      dragged = one;
      one.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", one.dataset.key);
    });
    one.addEventListener("dragend", () => {
      one.classList.remove("is-dragged");
      dragged = null;
    });
  }
  for (const target of document.querySelectorAll("[data-team]")) {
    target.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      target.classList.add("is-drop-target");
    });
    target.addEventListener("dragleave", (event) => {
      if (!target.contains(event.relatedTarget)) target.classList.remove("is-drop-target");
    });
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      target.classList.remove("is-drop-target");
      if (!dragged || dragged.closest("[data-team]") === target) return;
      move(dragged, target.dataset.team);
    });
  }
}

function move(what, team) {
  const field = form.querySelector("[data-what]");
  field.name = what.dataset.place;
  field.value = what.dataset.key;
  form.elements.team.value = team;
  form.requestSubmit();
}
