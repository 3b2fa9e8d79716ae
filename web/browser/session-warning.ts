/** Asks, 2 minutes before a session ends, whether to go on. */

/** How long before the end, in seconds. */
const BEFORE_SECONDS = 120;

/** Starts the clock of this page. */
export function watchSession(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#session-warning');
  const form = dialog?.querySelector('form');
  const stayed = document.querySelector<HTMLElement>('#session-stayed');
  if (!dialog || !form) return;
  const seconds = Number(dialog.dataset['seconds']);
  let timer: number | undefined;
  const start = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(
      () => {
        if (stayed) stayed.textContent = '';
        dialog.showModal();
      },
      Math.max(0, seconds - BEFORE_SECONDS) * 1_000,
    );
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form) as never),
    })
      .then((answer) => {
        if (!answer.ok) throw new Error('signed out');
        // The focus goes back to where it was; that is all there is to see.
        dialog.close();
        if (stayed) stayed.textContent = stayed.dataset['text'] ?? '';
        start();
      })
      .catch(() => {
        form.submit();
      });
  });
  start();
}
