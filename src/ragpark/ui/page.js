// Runs in every page: its language, Chinese for the framework's few English words, a hint where fonts are missing.
(() => {
  document.documentElement.lang = "zh-CN";
  if (window.ragparkPage) return;
  window.ragparkPage = true;

  const chinese = {
    "Skip to main content": "跳到正文",
    "Copy to clipboard": "复制",
    "Copied": "已复制",
    "Close": "关闭",
    "Clear value": "清除",
    "Show more": "更多",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Download": "下载",
    "Download as CSV": "下载 CSV",
    "Search": "查找",
    "Show/hide columns": "显示或隐藏列",
    "Browse files": "选择文件",
    "Upload": "上传",
    "Drag and drop file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里",
    "Choose options": "请选择",
    "Choose an option": "请选择",
    "No results": "没有匹配项",
    "No options to select": "没有可选项",
    "Connection error": "与服务器的连接断开了",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "请查看运行 ragpark 的终端窗口；若已停止，请重新运行：",
    "Streamlit server is not responding. Are you connected to the internet?":
      "服务器没有回应：请查看运行 ragpark 的终端窗口；若已停止，请重新运行 ragpark serve，再刷新本页。",
    "Page not found": "没有这个页面",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "这个地址没有对应的页面，已回到“问答”。",
    "Expand sidebar": "展开导航",
    "Collapse sidebar": "收起导航",
    "App pages": "页面",
    "Sidebar": "导航",
    "Navigate to home page": "回到首页",
    "Main menu": "菜单",
    "Notifications": "通知",
    "Try again": "再试一次",
    "Cancel": "取消",
    "Open": "展开",
    "Dismiss": "关闭",
    "file upload": "上传文件",
    "Add files": "添加文件",
    "add icon": "添加",
    "Error:": "错误：",
  };
  const patterns = [ // words with a number or a name in them
    [/^(\d+) options? available\.$/, "$1 个选项"],
    [/^([\d.]+ ?[KMG]B) per file.*$/, "每个不超过 $1"],
    [/^File must be ([\d.]+ ?[KMG]B) or smaller\.$/, "文件超过上限 $1，请拆分后再上传。"],
    [/^Remove (\S.*)$/, "去掉 $1"],
  ];
  const inChinese = (words) => {
    const text = words?.trim();
    if (!text) return undefined;
    if (Object.hasOwn(chinese, text)) return chinese[text];
    const found = patterns.find(([pattern]) => pattern.test(text));
    return found && text.replace(found[0], found[1]);
  };
  const ours = "[class^='rp-'], [class*='st-key-rp-text'], pre, code";
  const names = ["aria-label", "title", "placeholder", "alt"];
  const translate = (root) => {
    // Words of documents and questions stand in elements of our own (rp-…, st-key-rp-text…) and are left as they are.
    if (root.nodeType === Node.TEXT_NODE) {
      const text = inChinese(root.nodeValue);
      if (text && !root.parentElement?.closest(ours)) root.nodeValue = text;
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.matches(ours)) return;
    for (const name of names) {
      const text = inChinese(root.getAttribute(name));
      if (text) root.setAttribute(name, text);
    }
    for (const child of root.childNodes) translate(child);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else translate(change.target);
    }
  }).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: names,
  });
  translate(document.body);

  // On a phone the list of pages lies over the page: it closes when one is chosen.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-testid=stSidebarNavLink]") && matchMedia("(max-width: 768px)").matches) {
      setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click());
    }
  });

  const draw = (character) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 32;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.font = "24px " + getComputedStyle(document.body).fontFamily;
    context.fillText(character, 2, 26);
    return context.getImageData(0, 0, 32, 32).data.join();
  };
  // Without a font both characters are drawn as the same box.
  if (draw("问") === draw("答")) {
    const hint = document.createElement("div");
    hint.id = "rp-no-font";
    hint.setAttribute("role", "alert");
    hint.textContent =
      "No Chinese font on this computer: characters show as boxes. " +
      "Install one (Debian/Ubuntu: sudo apt install fonts-noto-cjk) and reload this page.";
    document.body.prepend(hint);
  }
})();
