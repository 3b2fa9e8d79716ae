/** Puts a file that is chosen into the text field, so that it is sent as if it had been typed. */
const group = document.querySelector<HTMLElement>('#read-file');
const chooser = document.querySelector<HTMLInputElement>('#file');
const rows = document.querySelector<HTMLTextAreaElement>('#rows');

if (group && chooser && rows) {
  group.hidden = false;
  chooser.addEventListener('change', () => {
    void chooser.files?.[0]?.text().then((text) => {
      rows.value = text;
    });
  });
}

export {};
