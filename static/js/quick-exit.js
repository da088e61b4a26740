// The plain link works without this. With it, leaving replaces the page, so that Back does not lead here again,
// and three presses of Shift do the same.
class QuickExit extends HTMLElement {
  connectedCallback() {
    this.presses = 0;
    this.link = this.querySelector("a");
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.leave();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") this.presses = 0;
      else if (!event.repeat && ++this.presses === 3) this.leave();
      clearTimeout(this.pause);
      this.pause = setTimeout(() => { this.presses = 0; }, 3000);
    });
  }

  leave() {
    document.title = "…";
    document.body.hidden = true;
    location.replace(this.link.href);
  }
}

customElements.define("quick-exit", QuickExit);
