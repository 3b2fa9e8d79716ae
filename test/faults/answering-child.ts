/** A subgraph in a process of its own that gives everybody one answer: for tests that stop it in its tracks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const answer = process.argv[2] ?? '{}';
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${String((server.address() as AddressInfo).port)}\n`);
});
