const area = document.querySelector("#cards");
const most = Number(area.dataset.most);
const cards = [...area.querySelectorAll(".card")];
const squares = [...document.querySelectorAll("#strip a")];
const remarks = document.querySelector("#remarks");
const status = document.querySelector("#saved");
const waiting = new Map();
let now = -1;
let last = Promise.resolve();
let unsaved = 0;

const remarkOf = card => card.querySelector("textarea");

function draw(card) {
  const points = card.dataset.points;
  card.classList.toggle("marked", points !== "");
  squares[cards.indexOf(card)].classList.toggle("marked", points !== "");
  card.querySelector("output").textContent = points === "" ? "" : `${points} / ${most}`;
  for (const button of card.querySelectorAll(".choices button"))
    button.setAttribute("aria-pressed", points !== "" && (button.value === "." ? points % 1 > 0 : Math.floor(points) === Number(button.value)));
  const marked = cards.filter(one => one.dataset.points !== "");
  document.querySelector("#done").textContent = marked.reduce((sum, one) => sum + one.dataset.keys.split(" ").length, 0);
}

function choose(n, focus = true) {
  if (!cards.length) return;
  now = Math.max(0, Math.min(cards.length - 1, n));
  cards.forEach((card, k) => card.classList.toggle("now", k === now));
  squares.forEach((square, k) => square.classList.toggle("now", k === now));
  if (focus) { cards[now].focus({preventScroll: true}); cards[now].scrollIntoView({block: "nearest"}); }
}

function save(card) {
  clearTimeout(waiting.get(card));
  waiting.delete(card);
  say("saving …", ++unsaved);
  last = last.then(() => send(card));
}

async function send(card, keepalive = false) {
  const {keys, points} = card.dataset;
  const mark = {keys: keys.split(" "), points: points === "" ? null : Number(points), remark: remarkOf(card).value};
  let wrong = "";
  try {
    const reply = await fetch(area.dataset.save, {method: "POST", body: JSON.stringify(mark), keepalive});
    if (!reply.ok) wrong = await reply.text();
  } catch (error) {
    wrong = error.message;
  }
  say(wrong ? `NOT SAVED: ${wrong}` : "saved", --unsaved + waiting.size, wrong);
}

function say(text, left, wrong = "") {
  status.textContent = wrong || !left ? text : "saving …";
  status.className = wrong ? "wrong" : "";
  status.dataset.unsaved = left;
}

function later(card) {
  clearTimeout(waiting.get(card));
  waiting.set(card, setTimeout(() => save(card), 400));
  say("saving …", unsaved + waiting.size);
}

function give(card, points) {
  card.dataset.points = points === null ? "" : String(Math.max(0, Math.min(most, points)));
  draw(card);
  save(card);
}

function half(card) {
  const points = Number(card.dataset.points || 0);
  give(card, points % 1 ? Math.floor(points) : Math.min(most, points + 0.5));
}

function add(remark) {
  const box = remarkOf(cards[now]);
  if (!box.value.includes(remark)) box.value = [box.value.trim(), remark].filter(Boolean).join(" ");
  save(cards[now]);
}

function remember(card) {
  const text = remarkOf(card).value.trim();
  const known = [...remarks.querySelectorAll("button")].map(button => button.textContent);
  if (!text || known.includes(text) || known.length >= 12) return;
  const item = document.createElement("li");
  const button = item.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = text;
  remarks.append(item);
}

function same(card) {
  for (const other of card.closest(".group").querySelectorAll(".card"))
    if (other !== card) {
      remarkOf(other).value = remarkOf(card).value;
      give(other, card.dataset.points === "" ? null : Number(card.dataset.points));
    }
}

function unmarked() {
  const order = [...cards.keys()].map(k => (now + 1 + k) % cards.length);
  choose(order.find(k => cards[k].dataset.points === "") ?? now);
}

const actions = {
  ".": half, ",": half, "=": same, ArrowDown: () => choose(now + 1), ArrowUp: () => choose(now - 1),
  Enter: unmarked, Backspace: card => give(card, null), r: card => remarkOf(card).focus(),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || now < 0) return;
  const card = cards[now];
  if (event.target.tagName === "TEXTAREA") {
    if (event.key === "Escape") { event.target.blur(); choose(now); }
    return;
  }
  if (event.key === "Enter" && ["BUTTON", "A", "SUMMARY"].includes(event.target.tagName)) return;
  const letter = event.key.length === 1 ? event.key.charCodeAt(0) - 97 : -1;
  if (/^[0-9]$/.test(event.key) && Number(event.key) <= most) give(card, Number(event.key));
  else if (Object.hasOwn(actions, event.key)) actions[event.key](card);
  else if (letter >= 0 && letter < remarks.children.length) add(remarks.children[letter].innerText.trim());
  else return;
  event.preventDefault();
});

area.addEventListener("click", event => {
  const card = event.target.closest(".card") ?? event.target.closest(".group")?.querySelector(".card.now");
  if (!card) return;
  choose(cards.indexOf(card), false);
  const value = event.target.matches(".choices button") ? event.target.value : "";
  if (value === ".") half(card);
  else if (value) give(card, Number(value));
  if (event.target.matches(".same")) same(card);
});
area.addEventListener("input", event => later(event.target.closest(".card")));
area.addEventListener("focusin", event => {
  const card = event.target.closest(".card");
  if (card) choose(cards.indexOf(card), false);
});
area.addEventListener("focusout", event => { if (event.target.tagName === "TEXTAREA") remember(event.target.closest(".card")); });
remarks.addEventListener("click", event => { if (event.target.tagName === "BUTTON" && now >= 0) { add(event.target.textContent); choose(now); } });
squares.forEach((square, k) => square.addEventListener("click", event => { event.preventDefault(); choose(k); }));
addEventListener("pagehide", () => { for (const card of waiting.keys()) send(card, true); });

cards.forEach(draw);
unmarked();
