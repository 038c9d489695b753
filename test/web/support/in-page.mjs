/**
 * What is wrong with the layout as it stands: runs inside the page. Gives sentences, none when all is well.
 * Looks for a page that scrolls sideways, for texts that are cut off without a sign or run out of their box, for controls that
 * something covers and for buttons that lie on each other.
 */
export function layoutFaults() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.trim().split(/\s+/).slice(0, 2).join('.')}` : ''} «${(element.textContent ?? '').trim().slice(0, 30)}»`;
  const visible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1;
  if (document.documentElement.scrollWidth > width + 1) {
    const wide = [...document.querySelectorAll('main *, header *')].find(
      (element) => visible(element) && element.getBoundingClientRect().right > width + 1,
    );
    faults.push(
      `the page is ${document.documentElement.scrollWidth} px wide on ${width} px: ${wide ? name(wide) : '?'}`,
    );
  }

  // Drawings, what only readers hear, and what antd measures by are no text that somebody sees.
  const NO_TEXT =
    '.visually-hidden, .ant-table-measure-row, [aria-hidden="true"], svg, .chart-canvas, .ant-select-content, .ant-watermark';
  for (const element of document.querySelectorAll('main *, header *, nav *, .ant-modal *')) {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (texts.length === 0 || element.closest(NO_TEXT) || !visible(element)) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline' || style.textOverflow === 'ellipsis') continue;
    const box = element.getBoundingClientRect();
    const range = document.createRange();
    const outside = (side, limit) =>
      texts.some((text) => {
        range.selectNodeContents(text);
        return range.getBoundingClientRect()[side] > limit;
      });
    const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
    if (!scrolls && outside('right', box.right + 2)) {
      faults.push(`${style.overflowX === 'visible' ? 'runs out of its box' : 'cut off'}: ${name(element)}`);
    } else if (style.overflowY === 'hidden' && outside('bottom', box.bottom + 4)) {
      faults.push(`cut off below: ${name(element)}`);
    }
  }

  const controls = [...document.querySelectorAll('main button, main a[href], main input, header button')].filter(
    (element) =>
      visible(element) &&
      !element.closest('.ant-table-body, .ant-table-content, .ant-select, .ant-picker, [aria-hidden="true"]'),
  );
  for (const element of controls) {
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    if (x < 0 || y < 60 || x > width || y > window.innerHeight - 70) continue;
    const top = document.elementFromPoint(x, y);
    if (top && !element.contains(top) && !top.contains(element) && !top.closest('label')?.contains(element)) {
      faults.push(`${name(element)} is covered by ${name(top)}`);
    }
  }
  const buttons = controls.filter((element) => element.matches('button, a'));
  for (const [at, one] of buttons.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of buttons.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) faults.push(`${name(one)} lies on ${name(other)}`);
    }
  }
  return [...new Set(faults)].slice(0, 20);
}
