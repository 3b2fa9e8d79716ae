/** Copies a text to the clipboard, where the browser can. */
const place = document.querySelector<HTMLElement>('#copy');
const button = place?.querySelector('button');
const status = place?.querySelector('[role=status]');

// The place is hidden until somebody can use it; browsers without a secure context have no clipboard.
if (place && button && status && 'clipboard' in navigator) {
  place.hidden = false;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(place.dataset['text'] ?? '').then(() => {
      status.textContent = place.dataset['done'] ?? '';
    });
  });
}

export {};
