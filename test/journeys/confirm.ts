/** People who confirm with their passkey what the graph asks them to confirm. */
import { ask, type GraphAnswer } from './clients.ts';
import { approve } from './sign-in.ts';

/** Asks the graph; when the answer names what has to be confirmed, the person does so and the question is asked again. */
export async function askConfirming<Data>(
  url: string,
  question: Parameters<typeof ask>[1] & { readonly token: string },
): Promise<GraphAnswer<Data>> {
  const answer = await ask<Data>(url, question);
  const error = answer.errors?.find(
    ({ extensions }) => extensions.code === 'INSUFFICIENT_USER_AUTHENTICATION',
  );
  if (error === undefined) return answer;
  const { transaction } = error.extensions as { readonly transaction?: object };
  if (transaction === undefined) throw new Error('nothing to confirm is named');
  return ask<Data>(url, { ...question, token: await approve(question.token, transaction) });
}
