/** Who gives a command, as the records keep it. */
import { userInfo } from 'node:os';

import { text } from './command.ts';

/** The name given with `--by`, or that of the account on this machine. */
export const operatorName = (by: string | undefined): string =>
  by === undefined ? userInfo().username : text(by, 'by');
