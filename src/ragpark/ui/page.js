// Runs in every page: language of the page, and a hint where this computer has no Chinese font.
(() => {
  document.documentElement.lang = "zh-CN";
  const draw = (character) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 32;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.font = "24px " + getComputedStyle(document.body).fontFamily;
    context.fillText(character, 2, 26);
    return context.getImageData(0, 0, 32, 32).data.join();
  };
  // Without a font both characters are drawn as the same box.
  if (draw("问") === draw("答") && !document.getElementById("rp-no-font")) {
    const hint = document.createElement("div");
    hint.id = "rp-no-font";
    hint.setAttribute("role", "alert");
    hint.textContent =
      "No Chinese font on this computer: characters show as boxes. " +
      "Install one (Debian/Ubuntu: sudo apt install fonts-noto-cjk) and reload this page.";
    document.body.prepend(hint);
  }
})();
