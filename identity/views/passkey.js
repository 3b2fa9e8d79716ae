/* Asks the device for a passkey and sends its answer with the form. The rest of the page works without this. */
(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } =
    window.SimpleWebAuthnBrowser;
  if (!browserSupportsWebAuthn()) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    const status = form.querySelector('[role=status]');
    const button = form.querySelector('button');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      status.textContent = 'Follow what your device asks.';
      const optionsJSON = JSON.parse(form.dataset.options);
      try {
        const answer =
          form.dataset.passkey === 'register'
            ? await startRegistration({ optionsJSON })
            : await startAuthentication({ optionsJSON });
        form.querySelector('input[name=passkey]').value = JSON.stringify(answer);
        form.submit();
      } catch (error) {
        status.textContent =
          error.name === 'InvalidStateError'
            ? 'This device has a passkey for your account already.'
            : 'No passkey was used. Try again, or use another way.';
      } finally {
        button.disabled = false;
      }
    });
  }
})();
