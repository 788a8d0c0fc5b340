/* The conversation: one event stream in, four small requests out. */
import { bubble, element, ending } from "/page/render.js";

const key = document.querySelector("meta[name=key]").content;
const find = (id) => document.getElementById(id);
const [log, thread, status, text, menu, down, toast] =
  ["log", "thread", "status", "text", "menu", "down", "toast"].map(find);
const title = document.title;
const pressed = new Map();
let known = new Map();
let description = "";
let commands = [];
let unread = 0;
let attached = null;
let typingUntil = 0;

// out

async function ask(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "X-Key": key }, body });
    if (answer.ok) return await answer.json();
    tell((await answer.json()).description);
  } catch {
    tell("The local server does not answer. Is it still running?");
  }
  return null;
}

const say = (words) => ask("/page/say", JSON.stringify({ text: words }));

async function press(message, button, made) {
  if (made.classList.contains("waiting")) return;
  made.classList.add("waiting");
  const release = () => made.classList.remove("waiting");
  const answer = await ask("/page/press", JSON.stringify({ message_id: message.message_id, data: button.callback_data }));
  if (!answer) { release(); return; }
  if (pressed.get(answer.query_id) === "answered") { release(); return; }
  pressed.set(answer.query_id, release);
  setTimeout(() => { release(); pressed.delete(answer.query_id); }, 15000);
}

function view(image) {
  find("viewed").src = image.src;
  find("viewed").alt = image.alt;
  find("viewer").showModal();
}
find("viewer").addEventListener("click", () => find("viewer").close());

let fading = 0;
function tell(words) {
  if (!words) return;
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.hidden = true; }, 2500 + words.length * 40);
}

// in

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toEnd = () => { log.scrollTop = log.scrollHeight; };

function day(seconds) {
  const date = new Date(seconds * 1000);
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

function place(message, fresh) {
  const old = find(`m${message.message_id}`);
  const made = bubble(message, { say, press, view });
  if (old) {
    old.replaceWith(made);
  } else {
    const last = [...known.values()].at(-1);
    if (!last || day(last.date) !== day(message.date)) thread.append(element("p", "day", day(message.date)));
    if (fresh) made.classList.add("fresh");
    thread.append(made);
  }
  known.set(message.message_id, message);
}

function welcome() {
  const start = element("button", "", "Start");
  start.addEventListener("click", () => say("/start"));
  thread.replaceChildren(
    element("div", "welcome", element("span", "avatar"), element("p", "", description || "No messages here yet."), start),
  );
}

function typing(on) {
  thread.querySelector(".typing")?.remove();
  status.textContent = on ? "typing…" : "bot";
  status.classList.toggle("busy", on);
  if (on) thread.append(element("div", "typing", element("i"), element("i"), element("i")));
}
setInterval(() => {
  if (typingUntil && Date.now() > typingUntil) { typingUntil = 0; typing(false); }
}, 500);

function counted() {
  find("unread").textContent = unread || "";
  document.title = unread && document.hidden ? `(${unread}) ${title}` : title;
}

function settle(wasAtEnd) {
  if (wasAtEnd) toEnd();
  down.hidden = atEnd();
}

const on = {
  state(state) {
    known = new Map();
    ({ description, commands } = state);
    favour(state.favourites);
    thread.replaceChildren();
    state.messages.forEach((message) => place(message, false));
    if (!known.size) welcome();
    typing(false);
    toEnd();
    down.hidden = true;
    // Pictures have a size before they load; fonts and folds may still move the end.
    requestAnimationFrame(toEnd);
  },
  message({ message, fresh }) {
    const stay = atEnd() || message.mine;
    if (!known.size) thread.replaceChildren();
    if (!message.mine && typingUntil) typingUntil = 0;
    typing(false);
    place(message, fresh);
    if (fresh && !message.mine && (!stay || document.hidden)) { unread += 1; counted(); }
    settle(stay);
  },
  favourites({ rows }) { const stay = atEnd(); favour(rows); settle(stay); },
  action() {
    const stay = atEnd();
    typingUntil = Date.now() + 5500;
    typing(true);
    settle(stay);
  },
  answered({ query_id, text: words }) {
    const release = pressed.get(query_id);
    if (typeof release === "function") { release(); pressed.delete(query_id); } else pressed.set(query_id, "answered");
    tell(words);
  },
};

const stream = new EventSource("/page/events");
for (const kind of Object.keys(on)) {
  stream.addEventListener(kind, (event) => on[kind](JSON.parse(event.data)));
}
stream.addEventListener("error", () => {
  typing(false);
  status.textContent = "not connected: the local server has stopped";
});

/* The commands used most, as the bot offers them; a press says them. */
function favour(rows) {
  find("favourites").replaceChildren(...(rows || []).map((row) => element("div", "", ...row.map((words) => {
    const made = element("button", "", words);
    made.type = "button";
    made.addEventListener("click", () => say(words));
    return made;
  }))));
}

ask("/page/theme", JSON.stringify({ dark: matchMedia("(prefers-color-scheme: dark)").matches }));

// composing

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
  find("send").disabled = !text.value.trim() && !attached;
}

function attach(file) {
  if (file && !file.size) { tell(`${file.name} is empty: there is nothing in it to send.`); find("file").value = ""; return; }
  attached = file || null;
  find("attached").hidden = !attached;
  if (attached) {
    find("attached-mark").textContent = ending(attached.name);
    find("attached-name").textContent = attached.name;
    text.placeholder = "Caption";
    text.focus();
  } else {
    find("file").value = "";
    text.placeholder = "Message";
  }
  grow();
}

/* The field is emptied at once, so that what is typed meanwhile stays; what could not be sent comes back before it. */
async function submit() {
  const words = text.value.trim();
  const file = attached;
  if (!words && !file) return;
  text.value = "";
  attach(null);
  show(false);
  if (await (file ? upload(file, words) : say(words))) return;
  text.value = [words, text.value].filter(Boolean).join("\n");
  if (file && !attached) attach(file);
  grow();
}

function upload(file, caption) {
  const form = new FormData();
  form.append("document", file, file.name);
  form.append("caption", caption);
  return ask("/page/upload", form);
}

find("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
find("attach").addEventListener("click", () => find("file").click());
find("file").addEventListener("change", () => attach(find("file").files[0]));
find("detach").addEventListener("click", () => attach(null));
text.addEventListener("input", () => { grow(); suggest(); });
text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (!menu.hidden && ["ArrowDown", "ArrowUp", "Tab"].includes(event.key)) { event.preventDefault(); choose(event.key === "ArrowUp" ? -1 : 1); }
  else if (event.key === "Escape") show(false);
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const chosen = menu.hidden ? null : menu.querySelector(".chosen");
    if (chosen) chosen.click(); else submit();
  }
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop") attach(event.dataTransfer.files[0]);
  });
}

// the command menu

function show(visible) {
  menu.hidden = !visible;
  find("commands").setAttribute("aria-expanded", String(visible));
}

function fill(list) {
  menu.replaceChildren(...list.map(({ command, description: words }) => {
    const row = element("button", "", element("b", "", `/${command}`), element("span", "", words));
    row.type = "button";
    row.setAttribute("role", "option");
    row.addEventListener("click", () => { text.value = ""; grow(); show(false); say(`/${command}`); });
    return row;
  }));
  if (!list.length) menu.append(element("p", "", "The bot has not set its commands yet."));
}

function choose(step) {
  const rows = [...menu.querySelectorAll("button")];
  const at = rows.findIndex((row) => row.classList.contains("chosen"));
  rows[at]?.classList.remove("chosen");
  const next = rows[(at + step + rows.length) % rows.length];
  next?.classList.add("chosen");
  next?.scrollIntoView({ block: "nearest" });
}

async function refresh() {
  try { commands = await (await fetch("/page/menu")).json(); } catch { tell("The local server does not answer."); }
}

async function suggest() {
  const begun = /^\/(\w*)$/.exec(text.value);
  if (!begun) { show(false); return; }
  if (!commands.length) await refresh();
  const list = commands.filter(({ command }) => command.startsWith(begun[1].toLowerCase()));
  fill(list);
  show(list.length > 0);
}

find("commands").addEventListener("click", async () => {
  if (!menu.hidden) { show(false); return; }
  await refresh();
  fill(commands);
  show(true);
});
log.addEventListener("click", () => show(false));
log.addEventListener("scroll", () => {
  down.hidden = atEnd();
  if (atEnd() && !document.hidden) { unread = 0; counted(); }
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && atEnd()) unread = 0;
  counted();
});
down.addEventListener("click", () => { log.scrollTo({ top: log.scrollHeight, behavior: "smooth" }); });
