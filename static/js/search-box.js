// Completes what is typed with the titles of topics and guides. The list is fetched once, the same for everybody, and compared
// on this device: nothing that is typed leaves it before the form is sent.
class SearchBox extends HTMLElement {
  connectedCallback() {
    this.querySelector("input").addEventListener("focus", () => this.fill(), { once: true });
  }

  async fill() {
    const answer = await fetch(this.dataset.titles);
    const { titles } = await answer.json();
    const list = document.createElement("datalist");
    list.id = "titles";
    for (const title of titles) list.append(new Option(title, title));
    this.append(list);
    this.querySelector("input").setAttribute("list", list.id);
  }
}

customElements.define("search-box", SearchBox);
