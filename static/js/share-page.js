// Buttons that need a script: they show only where they work. Nothing is sent anywhere by this page itself.
class SharePage extends HTMLElement {
  connectedCallback() {
    this.link = document.querySelector("link[rel=canonical]").href;
    this.said = this.querySelector("[role=status]");
    const can = { print: true, copy: Boolean(navigator.clipboard), share: Boolean(navigator.share) };
    for (const button of this.querySelectorAll("button")) {
      button.hidden = !can[button.dataset.does];
      button.addEventListener("click", () => this[button.dataset.does]());
    }
    addEventListener("beforeprint", () => {
      for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
    });
  }

  print() { window.print(); }

  async copy() {
    await navigator.clipboard.writeText(this.link);
    this.said.textContent = this.dataset.copied;
  }

  async share() {
    try {
      await navigator.share({ title: document.title, url: this.link });
    } catch { /* The reader changed her mind. */ }
  }
}

customElements.define("share-page", SharePage);
