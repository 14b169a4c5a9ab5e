// The words of the page in both languages. The game's own are in assets/text.

export const words = {
  program: { en: "Fetching the game", zh: "正在取回游戏" },
  fonts: { en: "Setting the type", zh: "正在排字" },
  map: { en: "Drawing the river and the streets", zh: "正在绘制江面与街道" },
  scenario: { en: "Laying the table", zh: "正在布置桌面" },
  hint: { en: "The second visit is quick.", zh: "再次打开会很快。" },

  toGame: { en: "To the game", zh: "进入游戏" },
  download: { en: "Download the replay file", zh: "下载推演记录" },
  again: { en: "Try again", zh: "重试" },
  reopen: { en: "Open again", zh: "重新打开" },
  reload: { en: "Reload the picture", zh: "重新载入画面" },
  first: { en: "Open First Watch", zh: "打开入门推演" },
  close: { en: "Close", zh: "关闭" },
  details: { en: "Details", zh: "详细信息" },

  noGraphics: {
    en: ["This browser cannot draw the map", "The game needs WebGL 2. Turn on graphics acceleration in the browser settings, or open the game in another browser."],
    zh: ["浏览器无法绘制地图", "游戏需要 WebGL 2。请在浏览器设置里开启图形加速，或换一个浏览器打开。"],
  },
  tooOld: {
    en: ["This browser is too old for the game", "The game needs WebAssembly. Open it in a newer browser."],
    zh: ["浏览器版本过旧", "游戏需要 WebAssembly。请换用较新的浏览器打开。"],
  },
  stalled: {
    en: ["The download has stopped", "No data came for 15 seconds. What has arrived is kept. Look at the connection, then try again."],
    zh: ["下载已停止", "15 秒没有收到数据，已下载的部分会保留。请检查网络后重试。"],
  },
  broken: {
    en: ["The download has stopped", "The server did not answer as expected. What has arrived is kept. Try again."],
    zh: ["下载已停止", "服务器的回应不正常，已下载的部分会保留。请重试。"],
  },
  noStart: {
    en: ["The game did not start", "No saved game has changed. Open the page again. If it happens again, please report the details below."],
    zh: ["游戏没能启动", "已保存的推演没有变动。请重新打开本页；如果再次出现，请把下面的详细信息报告给我们。"],
  },
  failed: {
    en: ["The game has stopped", "Every order you saw taken is kept in this browser. Open the game again and choose Continue. If it stops at the same place, download the replay file and report it."],
    zh: ["游戏已停止运行", "屏幕上已生效的指令都保存在这个浏览器里。请重新打开游戏，选择“继续”。如果又停在同一处，请下载推演记录并报告给我们。"],
  },
  failedUnkept: {
    en: ["The game has stopped", "This browser keeps no saves here. Download the replay file before you close the page, and report it."],
    zh: ["游戏已停止运行", "这个浏览器没有在此保存进度。请在关闭页面之前下载推演记录，并报告给我们。"],
  },
  lost: {
    en: ["The picture was lost", "Your turn is safe. Reload the picture and choose Continue."],
    zh: ["画面丢失", "您的回合没有丢。请重新载入画面，选择“继续”。"],
  },
  lostUnkept: {
    en: ["The picture was lost", "This browser keeps no saves here. Download the replay file first, then reload the picture."],
    zh: ["画面丢失", "这个浏览器没有在此保存进度。请先下载推演记录，再重新载入画面。"],
  },
  closed: {
    en: ["The game is closed", "You can close this page. Your game is kept in this browser."],
    zh: ["游戏已退出", "可以关闭本页。推演进度保存在这个浏览器里。"],
  },
  closedUnkept: {
    en: ["The game is closed", "This browser keeps no saves here. Download the replay file before you close the page."],
    zh: ["游戏已退出", "这个浏览器没有在此保存进度。请在关闭页面之前下载推演记录。"],
  },
  unkept: {
    en: ["This browser keeps no saves here. Download the replay file instead."],
    zh: ["这个浏览器没有在此保存进度，请改为下载推演记录。"],
  },
  unknownScenario: {
    en: ["There is no exercise “{given}” here", "The address of this page names it. These are here: {known}."],
    zh: ["这里没有“{given}”这个推演", "它写在本页的网址里。这里有：{known}。"],
  },
  unknownSeed: {
    en: ["“{given}” is no seed", "The address of this page names it. A seed is a whole number: {known}."],
    zh: ["“{given}”不是种子", "它写在本页的网址里。种子是整数：{known}。"],
  },
  unknownPolicy: {
    en: ["There is no policy “{given}”", "The address of this page names it. These are here: {known}."],
    zh: ["没有“{given}”这种策略", "它写在本页的网址里。这里有：{known}。"],
  },
  brokenScenario: {
    en: ["This exercise cannot be read", "The details say where, and what was expected. Other exercises are not affected."],
    zh: ["这个推演无法读取", "详细信息里写明了位置和应有的内容。其他推演不受影响。"],
  },
};

/** The language of a tag as browsers and addresses write it, if it is one of ours. */
export function fromTag(tag) {
  const name = String(tag ?? "").toLowerCase().split(/[-_.]/)[0];
  return { en: "en", zh: "zh-Hans" }[name];
}

/** The language of the page: what the address asks for, else what the browser prefers. */
export function choose(search, preferred) {
  const tags = [new URLSearchParams(search).get("lang"), ...preferred];
  return tags.map(fromTag).find(Boolean) ?? "en";
}

/** Both languages of a message, the chosen one first: pairs of a language tag and its words. */
export function both(key, lang, slots = {}) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);
  const order = lang === "en" ? ["en", "zh"] : ["zh", "en"];
  return order.map((name) => [
    name === "zh" ? "zh-Hans" : "en",
    [words[key][name]].flat().map(fill),
  ]);
}
