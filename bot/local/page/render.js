/* Messages into elements. Everything that comes from outside is set as text, never as HTML; links are http(s) only. */

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const WRAP = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
};

function link(address, label) {
  if (!/^https?:\/\//i.test(address)) return label;
  const made = element("a", "", label);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  made.title = address;
  return made;
}

function wrap(entity, inner, plain, say) {
  const kind = entity.type;
  if (kind === "text_link") return link(entity.url, inner);
  if (kind === "url") return link(plain, inner);
  if (kind === "bot_command") {
    const button = element("button", "command", inner);
    button.type = "button";
    button.addEventListener("click", () => say(plain));
    return button;
  }
  if (!(kind in WRAP)) return inner;
  const made = element(WRAP[kind], "", inner);
  if (kind === "code") {
    made.title = "Copy";
    made.addEventListener("click", () => navigator.clipboard?.writeText(plain));
  }
  return made;
}

/* Entities nest and are sorted by offset; offsets count UTF-16 units, as strings do here. */
export function formatted(text, entities, say) {
  function part(from, to, list) {
    const out = document.createDocumentFragment();
    let at = from;
    while (list.length) {
      const [entity, ...rest] = list;
      const end = Math.min(to, entity.offset + entity.length);
      const inside = rest.filter((each) => each.offset < end);
      list = rest.filter((each) => each.offset >= end);
      if (entity.offset < at) continue;
      out.append(text.slice(at, entity.offset));
      out.append(wrap(entity, part(entity.offset, end, inside), text.slice(entity.offset, end), say));
      at = end;
    }
    out.append(text.slice(at, to));
    return out;
  }
  return part(0, text.length, [...(entities || [])]);
}

export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export const ending = (name) => (name.includes(".") ? name.split(".").pop().slice(0, 4) : "file");

const OPENS = /\.(html?|pdf|txt|csv|json|md|png|jpe?g|svg)$/i;

function file(document_) {
  const address = `/page/file/${encodeURIComponent(document_.file_id)}`;
  const actions = element("span", "size", size(document_.file_size), " · ");
  if (OPENS.test(document_.file_name)) {
    const open = element("a", "", "Open");
    open.href = `${address}?open=1`;
    open.target = "_blank";
    open.rel = "noopener";
    actions.append(open, " · ");
  }
  const save = element("a", "", "Download");
  save.href = address;
  save.download = document_.file_name;
  actions.append(save);
  const mark = element("span", "mark", ending(document_.file_name));
  mark.setAttribute("aria-hidden", "true");
  return element("div", "file", mark, element("span", "name", document_.file_name), actions);
}

function picture(sizes, caption, view) {
  const photo = sizes[sizes.length - 1];
  const image = element("img");
  image.src = `/page/file/${encodeURIComponent(photo.file_id)}?open=1`;
  image.width = photo.width;
  image.height = photo.height;
  image.alt = caption || "Picture";
  const button = element("button", "picture", image);
  button.type = "button";
  button.setAttribute("aria-label", `Enlarge: ${image.alt}`);
  button.addEventListener("click", () => view(image));
  return button;
}

function keyboard(message, press) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return element("div", "keys", ...rows.map((row) => element("div", "", ...row.map((key) => {
    const made = key.url ? link(key.url, key.text) : element("button", "key", key.text);
    if (made instanceof HTMLElement) {
      made.className = "key";
      made.title = key.text;
      if (!key.url) {
        made.type = "button";
        made.addEventListener("click", () => press(message, key, made));
      }
    }
    return made;
  }))));
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/* `acts` has say(text), press(message, key, element), view(image). */
export function bubble(message, acts) {
  const text = message.text ?? message.caption ?? "";
  const body = element("div", "body");
  body.dir = "auto";
  body.append(formatted(text, message.entities ?? message.caption_entities, acts.say));
  const bare = message.photo && !text ? "bubble bare" : "bubble";
  const stamp = `${message.edit_date && !message.mine ? "edited " : ""}${clock(message.date)}`;
  const inside = element("div", bare);
  if (message.reply_to_message) {
    const quoted = message.reply_to_message;
    inside.append(element("span", "reply", quoted.text ?? quoted.caption ?? quoted.document?.file_name ?? "Picture"));
  }
  if (message.photo) inside.append(picture(message.photo, text, acts.view));
  if (message.document) inside.append(file(message.document));
  const meta = element("span", "meta", stamp);
  if (text) body.append(meta);
  inside.append(text ? body : meta);
  const made = element("article", message.mine ? "message mine" : "message", inside, keyboard(message, acts.press));
  made.id = `m${message.message_id}`;
  made.setAttribute("aria-label", message.mine ? "You" : "Bot");
  return made;
}
