// Brings a new answer into view when the page was scrolled down for the last one.
(() => {
  const main = document.querySelector("[data-testid=stMain]");
  if (main) main.scrollTop = 0;
})();
