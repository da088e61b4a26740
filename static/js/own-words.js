// What is typed into a page's own form: kept by nobody. It can be saved as a file when asked, and is gone when the page is left.
class OwnWords extends HTMLElement {
  connectedCallback() {
    const does = { save: () => this.save(), print: () => window.print(), clear: () => this.clear() };
    for (const button of this.querySelectorAll("button")) {
      button.hidden = false;
      button.addEventListener("click", does[button.dataset.does]);
    }
    // Back would show them again to whoever holds the device.
    addEventListener("pagehide", () => this.clear());
  }

  get fields() { return document.querySelectorAll("textarea"); }

  clear() {
    for (const field of this.fields) field.value = "";
  }

  save() {
    const words = [...this.fields].map((field) => `${field.labels[0].innerText.trim()}\n\n${field.value}\n`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${document.querySelector("h1").innerText}\n\n`, ...words.join("\n")], { type: "text/plain" }));
    link.download = this.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

customElements.define("own-words", OwnWords);
