import { save } from './save';

const SHARPNESS = 2;
// What the stylesheet gives a drawing on the page must be written into the copy, which is drawn alone.
const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor'];

function paintLike(copy: Element, drawn: Element): void {
  const style = getComputedStyle(drawn);
  for (const name of PAINT) copy.setAttribute(name, style.getPropertyValue(name));
  const children = [...drawn.children];
  [...copy.children].forEach((child, place) => {
    const twin = children[place];
    if (twin) paintLike(child, twin);
  });
}

function standalone(drawing: SVGSVGElement): { text: string; width: number; height: number } {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  paintLike(copy, drawing);
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the drawing could not be read back'));
    image.src = address;
  });
}

/** Saves a drawing of the page as an image, on the page's own ground. */
export async function savePng(name: string, drawing: SVGSVGElement): Promise<void> {
  const { text, width, height } = standalone(drawing);
  const image = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser draws no images');
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the image could not be made');
  save(name, blob);
}
