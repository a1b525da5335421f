// Contrast of every visible text against what lies behind it: WCAG 2.2, success criterion 1.4.3, and the definitions
// of "contrast ratio" and "relative luminance" there. Returns the texts below the limit: 4.5, or 3 for large text
// (24 px, or 18.66 px and bold).
() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const seen = new Map();
  const parse = (colour) => {
    if (!seen.has(colour)) { // any notation, color-mix() and oklab() included, as the browser itself would draw it
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      seen.set(colour, [r, g, b, a / 255]);
    }
    return seen.get(colour);
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const bad = [];
  let n = 0;
  const judge = (element, colour, text) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    // A sign is a graphical object: 3:1 (success criterion 1.4.11).
    const sign = element.matches("[data-testid=stIconMaterial]");
    const limit = sign || size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    const ground = behind(element);
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const ink = parse(colour);
    const found = ratio(over([ink[0], ink[1], ink[2], ink[3] * opacity], ground), ground);
    n += 1;
    if (found < limit) bad.push(`${found.toFixed(2)} < ${limit}: “${text.trim().slice(0, 24)}” ${colour} on ${ground.slice(0, 3).map(Math.round)} (${element.tagName} ${element.className})`);
  };
  const visible = (element) => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right < 0 || box.bottom < 0) return false; // for screen readers only
    return !element.closest("[disabled], [aria-disabled=true], script, style, noscript"); // 1.4.3 leaves these out
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!visible(element)) continue;
    const text = [...element.childNodes].filter((c) => c.nodeType === 3).map((c) => c.nodeValue).join(" ");
    if (text.trim()) judge(element, getComputedStyle(element).color, text);
    if (element.matches("input, textarea")) {
      if (element.value) judge(element, getComputedStyle(element).color, element.value);
      else if (element.placeholder) judge(element, getComputedStyle(element, "::placeholder").color, element.placeholder);
    }
  }
  return { n, bad };
}
