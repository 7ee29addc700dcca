// Pictures that are on this device, shown small.

const SMALL = 160;

// Draw it on a canvas; nothing where the file is no picture that the browser can show. Whether it could be drawn.
export async function draw(blob, picture) {
  const drawn = await createImageBitmap(blob).catch(() => null);
  if (!drawn) return false;
  const scale = Math.min(1, SMALL / Math.max(drawn.width, drawn.height));
  picture.width = drawn.width * scale;
  picture.height = drawn.height * scale;
  picture.getContext("2d").drawImage(drawn, 0, 0, picture.width, picture.height);
  drawn.close();
  return true;
}
