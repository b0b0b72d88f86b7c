// The study page without reloads: forms are sent in the background, keys answer, and the next
// question waits in the page. Every form also works when sent by the browser itself.

const study = document.getElementById("study");
let following = null; // the next question, as it came with the feedback

function begin() {
  study.addEventListener("submit", send);
  study.addEventListener("click", goOn);
  study.addEventListener("toggle", loadMore, true); // it does not bubble
  document.addEventListener("keydown", press);
  settle(false);
}

function settle(moveFocus = true) {
  const template = study.querySelector("template#following");
  following = template ? template.content : null;
  template?.remove();
  const target = study.querySelector("[data-focus]") ?? study.querySelector(".prompt");
  if (moveFocus && target) {
    window.scrollTo({ top: 0 });
    if (!target.matches("label, [tabindex]")) target.tabIndex = -1;
    (typingField() && !study.querySelector("[data-focus]") ? typingField() : target).focus({ preventScroll: true });
  } else {
    typingField()?.focus({ preventScroll: true });
  }
}

// The rare things stand in the whole page of the feedback; they are fetched when first opened.
async function loadMore(event) {
  const details = event.target;
  const address = details.dataset.more;
  if (!address || !details.open) return;
  delete details.dataset.more;
  try {
    const reply = await fetch(address);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const more = page.querySelector("details.more");
    if (!reply.ok || !more) throw new Error(reply.status);
    more.open = true;
    details.replaceWith(more);
    more.querySelector("summary").focus();
  } catch {
    details.dataset.more = address;
    details.open = false;
    tell(document.getElementById("study-trouble").dataset.unreached);
  }
}

function typingField() {
  return study.querySelector("input.entry, textarea#text");
}

async function send(event) {
  const form = event.target;
  if (form.matches("[data-hint]")) return askForHint(event);
  if (!form.matches(".question, [data-rate], [data-swap]")) return;
  event.preventDefault();
  if (form.dataset.sending) return; // a double click sends once
  const body = new FormData(form, event.submitter);
  form.dataset.sending = "yes";
  const trouble = document.getElementById("study-trouble");
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-Fragment": "1" },
    });
    if (reply.status === 422) return complain(form, await reply.text());
    if (reply.status === 429 || reply.status >= 500) return complain(form, told(await reply.text()));
    if (!reply.ok) return sendPlainly(form, event.submitter);
    const text = await reply.text();
    trouble.hidden = true;
    study.innerHTML = text;
    settle();
  } catch {
    // Nothing came back: the same form can be sent again and counts once.
    complain(form, "");
  }
}

function complain(form, message) {
  tell(message || document.getElementById("study-trouble").dataset.offline);
  delete form.dataset.sending;
}

function tell(message) {
  const trouble = document.getElementById("study-trouble");
  trouble.textContent = message;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
}

// What an error page of ours says; nothing if it is somebody else's.
function told(page) {
  return parsed(page).querySelector("main .lead")?.textContent;
}

function parsed(page) {
  return new DOMParser().parseFromString(page, "text/html");
}

// A hint comes with the same form again: what was entered stays, unless there is an option fewer.
async function askForHint(event) {
  const form = event.target;
  const address = `${form.action}?${new URLSearchParams(new FormData(form, event.submitter))}`;
  event.preventDefault();
  try {
    const reply = await fetch(address);
    const hinted = parsed(await reply.text()).getElementById("study");
    if (!reply.ok || !hinted) return window.location.assign(address);
    const before = study.querySelectorAll(ENTERED);
    const after = hinted.querySelectorAll(ENTERED);
    if (before.length === after.length) after.forEach((field, place) => refill(field, before[place]));
    study.replaceChildren(...hinted.childNodes);
    settle();
  } catch {
    complain(form, "");
  }
}

const ENTERED = ".question :is([name=option], [name=shown_at], .entry)";

function refill(field, before) {
  field.value = before.value;
  field.checked = before.checked;
}

// The server said something else than feedback (a log-in page, an error in words): let the browser
// send the form and show it whole.
function sendPlainly(form, submitter) {
  if (submitter?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(field);
  }
  HTMLFormElement.prototype.submit.call(form);
}

function goOn(event) {
  const next = event.target.closest("a[data-next]");
  if (!next || !following || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const shownAt = following.querySelector("[name=shown_at]");
  if (shownAt) shownAt.value = String(Number(shownAt.value) + Math.round(performance.now() - arrived));
  history.replaceState(null, "", next.href); // loading the page again asks the same question
  study.replaceChildren(following);
  settle();
}

let arrived = performance.now(); // when the next question came: it is shown only later
new MutationObserver(() => (arrived = performance.now())).observe(study, { childList: true });

function press(event) {
  if (event.defaultPrevented || event.altKey || event.metaKey) return;
  const form = study.querySelector("form.question, form[data-rate]");
  if (event.key === "Enter" && event.ctrlKey) return click(event, form, "[value=not-sure]");
  if (event.ctrlKey || event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  if (event.key === "Enter") {
    if (event.target.matches("button, a, summary")) return;
    return form ? click(event, form, "[value=sure]") : click(event, study, "[data-next]");
  }
  if (document.body.dataset.letterKeys === "off") return;
  const act = keys[event.key.toLowerCase()] ?? number;
  act(event, form);
}

const keys = {
  s: (event, form) => click(event, form, "[value=sure]"),
  n: (event, form) => click(event, form, "[value=not-sure]"),
  u: (event) => click(event, document, "[data-undo] button"),
  0: (event, form) => click(event, form, "[value=dont-know]"),
  "?": (event) => click(event, document, "[data-help] summary"),
};

function number(event, form) {
  if (!form || !/^[1-9]$/.test(event.key)) return;
  const place = Number(event.key) - 1;
  const option = form.querySelectorAll("input[name=option]")[place];
  const rating = form.querySelectorAll("button[name=rating]")[place];
  if (option) {
    event.preventDefault();
    option.checked = option.type === "radio" || !option.checked;
    option.focus();
  } else if (rating) {
    event.preventDefault();
    rating.click();
  }
}

function click(event, within, selector) {
  const target = within?.querySelector(selector);
  if (!target) return;
  event.preventDefault();
  target.click();
}

begin();
