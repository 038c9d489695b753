/** The mark that the server put into this page for its own style elements; undefined while developing. */
export const nonce = ((): string | undefined => {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return content === undefined || content.startsWith('__') ? undefined : content;
})();

/**
 * antd gives the mark to most style elements that it makes, but not to the one that stops a page behind a dialog from scrolling.
 * Only scripts of this page can make elements, so every style element that they make may carry the mark.
 */
export function markStyles(): void {
  if (nonce === undefined) return;
  const create = document.createElement.bind(document);
  document.createElement = (tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
