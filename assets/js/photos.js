// Photos: seen before they are sent, and shrunk to 1600 pixels where the browser can read them.
import { each, make } from "./dom.js";
import { say } from "./words.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
const LEFT_ALONE_BYTES = 400 * 1024;

export function pickPhotos() {
  each("input[data-photos]", (input) => {
    const picker = input.closest(".photo-picker");
    const previews = make("ul", { class: "photo-previews" });
    picker.append(previews);
    let chosen = [];
    const show = () => {
      input.files = listOf(chosen);
      previews.replaceChildren(...chosen.map((file) => preview(file, () => {
        chosen = chosen.filter((other) => other !== file);
        show();
      })));
    };
    input.addEventListener("change", async () => {
      const picked = [...input.files];
      const added = await Promise.all(picked.map(shrink));
      chosen = [...chosen, ...added];
      show();
    });
  });
}

function listOf(files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer.files;
}

/** The photo no larger than needed; as it is when it is small or the browser can't read it. */
async function shrink(file) {
  if (file.size <= LEFT_ALONE_BYTES) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.[^.]+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file; // HEIC and the like: the server reads it
  }
}

function preview(file, remove) {
  const picture = make("img", { alt: file.name });
  const address = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(address));
  picture.addEventListener("error", () => picture.replaceWith(make("span", { class: "photo-other" }, file.name)));
  picture.src = address;
  const button = make("button", { type: "button", "aria-label": say("photo_remove", { name: file.name }) }, "×");
  button.addEventListener("click", remove);
  return make("li", {}, picture, button, make("small", {}, say("kilobytes", { size: Math.max(1, Math.round(file.size / 1024)) })));
}
