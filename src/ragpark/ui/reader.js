// Brings the highlighted passage into view when a source has been opened.
(() => {
  let tries = 0;
  const show = () => {
    const box = document.querySelector(".rp-scroll");
    const passage = document.getElementById("rp-passage");
    if (!box || !passage) {
      if (tries++ < 40) setTimeout(show, 50);
      return;
    }
    const top = passage.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += top - box.clientHeight / 3;
    const reader = document.querySelector(".rp-reader");
    const frame = reader.getBoundingClientRect();
    if (frame.top < 0 || frame.top > window.innerHeight * 0.6) {
      reader.scrollIntoView({ block: "start" });
    }
    passage.focus({ preventScroll: true });
  };
  show();
})();
