/**
 * Names every function for fastify. It looks for the file of a plugin without a name in `require.cache`, and jest makes
 * that whole cache anew for each look: a tenth of the time of the tests that start a server.
 */
const NAME = Symbol.for('fastify.display-name');

Object.defineProperty(Function.prototype, NAME, {
  configurable: true,
  get() {
    return this.name || 'plugin';
  },
  set(value) {
    Object.defineProperty(this, NAME, { value, configurable: true, writable: true });
  },
});
