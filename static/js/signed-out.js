// For the desk: Wagtail saves a draft while one writes, and only says that it stopped. This says why and what to do.
const { address, said } = document.currentScript.dataset;

document.addEventListener("w-autosave:error", async () => {
  const answer = await fetch(address, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.type !== "opaqueredirect") return;
  const detail = { clear: true, text: said, type: "error" };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
});
