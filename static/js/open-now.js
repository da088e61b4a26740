// Works out on the reader's own device whether a service is open, from the hours that stand in the page, so that it is right
// from a copy kept for a week. Nothing is sent. content/open_now.py does the same sums; a test compares the two.
const DAY = 24 * 60;
const LOOK_AHEAD = 15;

// The wall clock in London: the day as a number since 1970, and minutes after its midnight.
export function london(date) {
  const parts = {};
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London", hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  });
  for (const part of format.formatToParts(date)) parts[part.type] = Number(part.value);
  const day = Date.UTC(parts.year, parts.month - 1, parts.day) / 86400000;
  return { day, minute: parts.hour * 60 + parts.minute };
}

// {open: true | false | null, minutes: until it closes or opens by the clock on the wall, null when never}
export function status(hours, now, holidays) {
  if (hours.always) return { open: true, minutes: null };
  if (!hours.known) return { open: null, minutes: null };
  const spans = [];
  for (let offset = -1; offset < LOOK_AHEAD; offset += 1) {
    const day = now.day + offset;
    const weekday = (day + 3) % 7; // 1 January 1970 was a Thursday; Monday is 0
    const closedRule = hours.holidays !== null && holidays.includes(new Date(day * 86400000).toISOString().slice(0, 10));
    for (const [start, end] of closedRule ? hours.holidays : hours.week[weekday]) {
      spans.push([offset * DAY + start, offset * DAY + end + (end > start ? 0 : DAY)]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  let until = now.minute;
  let open = false;
  for (const [start, end] of spans) {
    if (end <= until) continue;
    if (start <= until) { open = true; until = end; continue; }
    if (!open) return { open: false, minutes: start - now.minute };
    break;
  }
  return { open, minutes: open ? until - now.minute : null };
}

class OpenNow extends HTMLElement {
  connectedCallback() {
    this.show();
    this.timer = setInterval(() => this.show(), 60000);
  }

  disconnectedCallback() { clearInterval(this.timer); }

  show() {
    const known = this.closest("[data-bank-holidays]");
    const now = london(new Date());
    const { open, minutes } = status(JSON.parse(this.dataset.hours), now, known ? known.dataset.bankHolidays.split(" ") : []);
    if (open === null) return;
    this.hidden = false;
    this.dataset.state = open ? "open" : "closed";
    this.textContent = open
      ? (minutes === null || minutes > 2 * 60 ? this.dataset.open : fill(this.dataset.closes, now.minute + minutes))
      : minutes === null ? "" : minutes < 12 * 60 ? fill(this.dataset.opens, now.minute + minutes) : this.dataset.closed;
  }
}

function fill(words, minute) {
  const clock = minute % DAY;
  return words.replace("00:00", `${String(Math.floor(clock / 60)).padStart(2, "0")}:${String(clock % 60).padStart(2, "0")}`);
}

customElements.define("open-now", OpenNow);
