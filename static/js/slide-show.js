// Shows slides one at a time, here or in two windows that turn together. Without it they are a page to read.
class SlideShow extends HTMLElement {
  connectedCallback() {
    this.slides = [...this.querySelectorAll(".slide")];
    this.bar = this.querySelector(".slides__bar");
    this.at = 0;
    this.isPrompt = location.hash === "#prompt";
    this.other = this.isPrompt ? window.opener : null;
    for (const part of this.querySelectorAll(".slides__start, .slides__keys")) part.hidden = false;
    for (const button of this.querySelectorAll("button")) button.addEventListener("click", () => this[button.dataset.does]());
    document.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("touchstart", (event) => { this.touched = event.changedTouches[0]; }, { passive: true });
    this.addEventListener("touchend", (event) => this.swipe(event.changedTouches[0]));
    addEventListener("message", (event) => {
      if (this.other && event.source === this.other && Number.isInteger(event.data.slide)) this.turn(event.data.slide, false);
    });
    if (this.isPrompt) this.show();
  }

  get isOn() { return document.documentElement.classList.contains("is-showing"); }

  show() {
    document.documentElement.classList.add("is-showing");
    document.documentElement.classList.toggle("is-prompt", this.isPrompt);
    this.bar.hidden = false;
    this.turn(this.at);
  }

  end() {
    if (this.isPrompt) { close(); return; }
    document.documentElement.classList.remove("is-showing");
    this.bar.hidden = true;
    this.querySelector("[data-does=show]").focus();
  }

  prompt() {
    this.other = open(`${location.href.split("#")[0]}#prompt`, "prompt", "popup,width=1100,height=750");
    if (this.other) this.show();
    else this.querySelector(".slides__start [role=status]").textContent = this.dataset.blocked;
  }

  back() { this.turn(this.at - 1); }

  next() { this.turn(this.at + 1); }

  turn(to, tell = true) {
    this.at = Math.min(Math.max(to, 0), this.slides.length - 1);
    const step = this.slides[this.at].parentElement;
    if (step !== this.step) [this.step, this.stepBegan] = [step, Date.now()];
    this.slides.forEach((slide, place) => {
      slide.classList.toggle("is-current", place === this.at);
      slide.classList.toggle("is-next", place === this.at + 1);
    });
    for (const talk of this.querySelectorAll(".talk")) talk.classList.toggle("is-current", talk === step);
    this.querySelector(".slides__count").textContent = `${this.at + 1} / ${this.slides.length}`;
    if (this.isOn && !this.isPrompt) this.slides[this.at].focus();
    // Both windows show the same file; from a stick there is no origin to name, and a slide's number is no secret.
    if (tell && this.other) this.other.postMessage({ slide: this.at }, "*");
  }

  key(event) {
    if (!this.isOn || event.altKey || event.ctrlKey || event.metaKey) return;
    const onwards = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const steps = { [onwards]: 1, [onwards === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: -1, PageDown: 1, PageUp: -1 };
    const ends = { Home: 0, End: this.slides.length - 1 };
    if (event.key in steps) this.turn(this.at + steps[event.key]);
    else if (event.key in ends) this.turn(ends[event.key]);
    else if (event.key === " " && !event.target.closest("button, a")) this.next();
    else if (event.key === "Escape") this.end();
    else return;
    event.preventDefault();
  }

  swipe(touch) {
    const [across, down] = [touch.clientX - this.touched.clientX, touch.clientY - this.touched.clientY];
    if (!this.isOn || Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) return;
    this.turn(this.at + (across < 0 === (document.dir !== "rtl") ? 1 : -1));
  }

  time() {
    this.began = this.stepBegan = Date.now();
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  tick() {
    const said = (from) => {
      const seconds = Math.floor((Date.now() - from) / 1000);
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    this.querySelector(".slides__clock").textContent = `${said(this.began)} · ${said(this.stepBegan)} / ${this.step.dataset.minutes}:00`;
  }
}

customElements.define("slide-show", SlideShow);
