/**
 * What is wrong with the layout as it stands: runs inside the page. Gives sentences, none when all is well.
 * Looks for a page that scrolls sideways, for texts that are cut off without a sign, and for controls that something covers.
 */
export function layoutFaults() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.trim().split(/\s+/).slice(0, 2).join('.')}` : ''} «${(element.textContent ?? '').trim().slice(0, 30)}»`;
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && style.opacity !== '0';
  };
  if (document.documentElement.scrollWidth > width + 1) {
    const wide = [...document.querySelectorAll('main *, header *')].find(
      (element) => visible(element) && element.getBoundingClientRect().right > width + 1,
    );
    faults.push(
      `the page is ${document.documentElement.scrollWidth} px wide on ${width} px: ${wide ? name(wide) : '?'}`,
    );
  }
  for (const element of document.querySelectorAll(
    'button, h1, h2, h3, label, th, .status, .ant-tag, .ant-menu-title-content, dt',
  )) {
    if (!visible(element) || element.closest('.ant-table-measure-row, .sr-only')) continue;
    const style = getComputedStyle(element);
    const cuts = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
    if (cuts && element.scrollWidth > element.clientWidth + 2) faults.push(`cut off: ${name(element)}`);
  }
  for (const element of document.querySelectorAll('main button, main a[href], main input, header button')) {
    if (!visible(element) || element.closest('.ant-table-body, .ant-table-content, .ant-select, [aria-hidden="true"]'))
      continue;
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    if (x < 0 || y < 60 || x > width || y > window.innerHeight - 70) continue;
    const top = document.elementFromPoint(x, y);
    if (top && !element.contains(top) && !top.contains(element) && !top.closest('label')?.contains(element)) {
      faults.push(`${name(element)} is covered by ${name(top)}`);
    }
  }
  return faults;
}
