// Warns on the day it is opened, not on the day it was made: a kit may lie on a stick for a year.
class UseUntil extends HTMLElement {
  connectedCallback() {
    if (new Date() > new Date(`${this.dataset.date}T23:59:59`)) this.firstElementChild.hidden = false;
  }
}

customElements.define("use-until", UseUntil);
