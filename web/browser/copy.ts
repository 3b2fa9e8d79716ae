/** Copies a text to the clipboard, where the browser can: a whole one, or the lines that are ticked in a form. */
const place = document.querySelector<HTMLElement>('#copy');
const button = place?.querySelector('button');
const status = place?.querySelector('[role=status]');

// The place is hidden until somebody can use it; browsers without a secure context have no clipboard.
if (place && button && status && 'clipboard' in navigator) {
  place.hidden = false;
  button.addEventListener('click', () => {
    const lines = linesOf(place);
    void navigator.clipboard.writeText(lines.join('\n')).then(() => {
      status.textContent = (place.dataset['done'] ?? '').replace('COUNT', String(lines.length));
    });
  });
}

function linesOf({ dataset }: HTMLElement): readonly string[] {
  const { from, text = '' } = dataset;
  if (from === undefined) return [text];
  return [...document.querySelectorAll<HTMLElement>(`#${from} [data-copy]:checked`)].map(
    (line) => line.dataset['copy'] ?? '',
  );
}

export {};
