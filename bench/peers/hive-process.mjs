/** Hive Gateway at its fastest documented setting: the Rust planner, and kept connections as its guide to pooling says. */
import { Agent } from 'node:http';

import { serveHive } from './hive.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 50 });
await serveHive(JSON.parse(process.argv[2]), { customAgent: () => agent });
