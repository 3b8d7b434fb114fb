/* "Use my location": asks the device where it is, once, and looks that point up. Nothing happens without the press. */
for (const button of document.querySelectorAll("[data-locate]")) {
  if (!navigator.geolocation) continue;
  const field = document.getElementById(button.dataset.locate);
  const problem = field.form.querySelector("[data-locate-problem]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    problem.hidden = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        field.value = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`;
        field.form.requestSubmit();
      },
      () => {
        button.disabled = false;
        problem.hidden = false;
        field.focus();
      },
      { timeout: 10000, maximumAge: 60000 },
    );
  });
}
