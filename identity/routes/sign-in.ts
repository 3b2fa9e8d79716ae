/** The pages of a sign-in: address and password, then the role to act in. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { actingChoices, type ActingChoice } from '../domain/roles.ts';
import type { AccountStore } from '../domain/ports.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import type { Credentials, SignInOutcome } from '../domain/sign-in.ts';
import type { Interactions, PendingSignIn, RawExchange } from './interactions.ts';
import type { FieldError, Pages } from './pages.ts';
import { isUnavailable } from '../../runtime/unavailable.ts';

/** What the pages are made from. */
export interface SignInRoutesOptions {
  readonly issuer: string;
  readonly pages: Pages;
  readonly interactions: Interactions;
  readonly signIn: (credentials: Credentials) => Promise<SignInOutcome>;
  readonly accounts: AccountStore;
  readonly roleGrants: RoleGrants;
}

const WRONG = 'The NHSmail address or password is wrong';

const signInForm = z.object({
  mail: z.string().max(1_000).default(''),
  password: z.string().max(1_000).default(''),
});
const actingForm = z.object({ acting: z.string().max(100).optional() });

type PageRequest = FastifyRequest<{ Params: { uid: string } }>;

/** Creates the routes. */
export function signInRoutes(options: SignInRoutesOptions): FastifyPluginAsync {
  const { issuer, pages, interactions, accounts, roleGrants } = options;

  const choicesOf = async (staffId: string | undefined) => {
    const account = staffId === undefined ? undefined : await accounts.find(staffId);
    if (account === undefined) return undefined;
    return { account, choices: actingChoices(await roleGrants.claim(account)) };
  };
  const show = (reply: FastifyReply, status: number, html: string): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').send(html);
  const ended = (reply: FastifyReply): FastifyReply =>
    show(
      reply,
      400,
      pages.problem(
        'This sign-in has ended',
        'It took too long, or it was opened in another window. Go back to the service you came from and start again.',
      ),
    );
  const action = (pending: PendingSignIn): string => `/sign-in/${pending.uid}`;
  const askPassword = (
    reply: FastifyReply,
    pending: PendingSignIn,
    status: number,
    mail = '',
    errors: readonly FieldError[] = [],
  ): FastifyReply => show(reply, status, pages.signIn({ action: action(pending), mail, errors }));
  const askRole = (
    reply: FastifyReply,
    pending: PendingSignIn,
    choices: readonly ActingChoice[],
    errors: readonly FieldError[],
  ): FastifyReply =>
    show(
      reply,
      errors.length > 0 ? 400 : 200,
      pages.actingAs({ action: action(pending), choices, errors }),
    );

  const takePassword = async (
    request: PageRequest,
    reply: FastifyReply,
    pending: PendingSignIn,
    exchange: RawExchange,
  ): Promise<FastifyReply> => {
    const form = signInForm.safeParse(request.body);
    const { mail, password } = form.success ? form.data : { mail: '', password: '' };
    const missing = [
      ...(mail.trim() === '' ? [{ field: 'mail', text: 'Enter your NHSmail address' }] : []),
      ...(password === '' ? [{ field: 'password', text: 'Enter your password' }] : []),
    ];
    if (missing.length > 0) return askPassword(reply, pending, 400, mail, missing);
    const outcome = await options.signIn({ mail, password, address: addressOf(request, issuer) });
    switch (outcome.kind) {
      case 'signed-in':
        return reply.redirect(await interactions.signedIn(exchange, outcome.staffId), 303);
      case 'wrong':
        return askPassword(reply, pending, 401, mail, [{ field: 'mail', text: WRONG }]);
      case 'too-many':
        return askPassword(reply, pending, 429, mail, [
          {
            field: 'mail',
            text: `There were too many attempts. Try again in ${minutes(outcome.minutes)}`,
          },
        ]);
      case 'not-linked':
        return show(
          reply,
          403,
          pages.problem(
            'We cannot find your staff record',
            'Your NHSmail account is right, but it is not linked to a staff record yet. Ask your HR department to check the e-mail address and employee number in your record.',
          ),
        );
    }
  };

  return async (app) => {
    await app.register(formbody, { bodyLimit: 8_192 });
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin');
      done(null, payload);
    });
    app.setErrorHandler((error, request, reply) => {
      const unavailable = isUnavailable(error);
      const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
      if (typeof status === 'number' && status < 500) return ended(reply);
      request.log.error({ err: error, requestId: request.id }, 'sign-in failed');
      return show(
        reply,
        unavailable ? 503 : 500,
        unavailable
          ? pages.problem(
              'You cannot sign in at the moment',
              'NHSmail or the staff record does not answer. Your password is not the problem. Try again in a few minutes.',
            )
          : pages.problem('Something went wrong', 'Try again in a few minutes.'),
      );
    });

    const pendingOf = async (request: PageRequest, reply: FastifyReply) => {
      const exchange = { req: request.raw, res: reply.raw };
      const pending = await interactions.find(exchange);
      if (pending?.uid !== request.params.uid) return undefined;
      // Browsers apply form-action to the redirects that follow a form, and those end at the application.
      reply.header(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; ` +
          `form-action 'self' ${pending.returnOrigin}; frame-ancestors 'none'`,
      );
      return { exchange, pending };
    };

    app.get('/sign-in/:uid', async (request: PageRequest, reply) => {
      const found = await pendingOf(request, reply);
      if (found === undefined) return ended(reply);
      const { exchange, pending } = found;
      if (pending.step === 'sign-in') return askPassword(reply, pending, 200);
      const person = await choicesOf(pending.staffId);
      if (person === undefined) return ended(reply);
      const [only, ...others] = person.choices;
      return only !== undefined && others.length === 0
        ? reply.redirect(await interactions.approve(exchange, only, person.account.name), 303)
        : askRole(reply, pending, person.choices, []);
    });

    app.post('/sign-in/:uid', async (request: PageRequest, reply) => {
      const { origin } = request.headers;
      if (origin !== undefined && origin !== issuer) return ended(reply);
      const found = await pendingOf(request, reply);
      if (found === undefined) return ended(reply);
      const { exchange, pending } = found;
      if (pending.step === 'sign-in') return takePassword(request, reply, pending, exchange);
      const person = await choicesOf(pending.staffId);
      if (person === undefined) return ended(reply);
      const form = actingForm.safeParse(request.body);
      const value = form.success ? form.data.acting : undefined;
      const choice = person.choices.find((each) => each.value === value);
      return choice === undefined
        ? askRole(reply, pending, person.choices, [
            { field: 'acting', text: 'Select who you are acting as' },
          ])
        : reply.redirect(await interactions.approve(exchange, choice, person.account.name), 303);
    });
  };
}

const minutes = (count: number): string => (count === 1 ? '1 minute' : `${String(count)} minutes`);

/** Where an attempt comes from. An https issuer is behind a proxy, which adds the caller's address at the end. */
function addressOf(request: FastifyRequest, issuer: string): string {
  const forwarded = request.headers['x-forwarded-for'];
  const last = [forwarded].flat().at(-1)?.split(',').at(-1)?.trim();
  return issuer.startsWith('https:') && last !== undefined && last !== '' ? last : request.ip;
}
