// Warns on the day it is opened, not on the day it was made: a kit may lie on a stick for a year.
class UseUntil extends HTMLElement {
  connectedCallback() {
    if (new Date() > new Date(`${this.dataset.date}T23:59:59`)) this.firstElementChild.hidden = false;
  }
}

// Prints the run sheet with every step unfolded, in browsers too that print what they show.
class PrintSheet extends HTMLElement {
  connectedCallback() {
    this.firstElementChild.hidden = false;
    this.firstElementChild.addEventListener("click", () => window.print());
    addEventListener("beforeprint", () => {
      for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
    });
  }
}

customElements.define("use-until", UseUntil);
customElements.define("print-sheet", PrintSheet);
