/** The pages of a sign-in: address and password, the second factor, then the role to act in. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import {
  AUTHENTICATION,
  type Authentication,
  isStrongEnough,
} from '../domain/authentication-strength.ts';
import type { DemonstrationPeople, InventedPerson } from '../domain/demonstration-people.ts';
import { actingChoices, type ActingChoice } from '../domain/roles.ts';
import type { Account, AccountStore } from '../domain/ports.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import { clientAddress } from '../../runtime/client-address.ts';
import type { SecondFactor, StepOutcome } from '../domain/second-factor.ts';
import type { Credentials, SignInOutcome } from '../domain/sign-in.ts';
import { externalStart } from './external-sign-in.ts';
import type { Interactions, PendingSignIn, RawExchange } from './interactions.ts';
import type { KnownBrowsers } from './known-browser-cookie.ts';
import {
  answerErrors,
  FORM_LIMIT,
  formPolicy,
  passkeyAnswer,
  showPage,
  signInEnded,
  tooMany,
} from './page-answers.ts';
import type { FieldError, Pages } from './pages.ts';

/** What the pages are made from. */
export interface SignInRoutesOptions {
  readonly issuer: string;
  readonly pages: Pages;
  readonly interactions: Interactions;
  readonly signIn: (credentials: Credentials) => Promise<SignInOutcome>;
  readonly secondFactor: SecondFactor;
  readonly knownBrowsers: KnownBrowsers;
  /** Providers of others to sign in with. */
  readonly providers: readonly { readonly id: string; readonly label: string }[];
  /** Invented people who sign in without proof; nobody does when left out. */
  readonly demonstration: DemonstrationPeople | undefined;
  readonly accounts: AccountStore;
  readonly roleGrants: RoleGrants;
}

const WRONG = 'The NHSmail address or password is wrong';
const WRONG_PASSKEY = 'This passkey could not be used. Try again, or sign in another way';

const form = z.object({
  step: z
    .enum([
      'password',
      'passkey',
      'code',
      'setup-code',
      'new-passkey',
      'new-code',
      'restart',
      'acting',
    ])
    .default('password'),
  mail: z.string().max(1_000).default(''),
  password: z.string().max(1_000).default(''),
  code: z.string().max(100).default(''),
  name: z.string().max(200).default(''),
  passkey: passkeyAnswer,
  acting: z.string().max(100).optional(),
});
type Form = z.infer<typeof form>;

type PageRequest = FastifyRequest<{ Params: { uid: string } }>;

/** One request for a page of a sign-in. */
interface Visit {
  readonly request: PageRequest;
  readonly reply: FastifyReply;
  readonly exchange: RawExchange;
  readonly pending: PendingSignIn;
}

/** Creates the routes. */
export function signInRoutes(options: SignInRoutesOptions): FastifyPluginAsync {
  const { issuer, pages, interactions, secondFactor, knownBrowsers, accounts, roleGrants } =
    options;

  const choicesOf = async (staffId: string | undefined) => {
    const account = staffId === undefined ? undefined : await accounts.find(staffId);
    if (account === undefined) return undefined;
    return { account, choices: actingChoices(await roleGrants.claim(account)) };
  };
  const ended = signInEnded(pages);
  const action = (pending: PendingSignIn): string => `/sign-in/${pending.uid}`;

  const providersOf = ({ uid }: PendingSignIn) =>
    options.providers.map(({ id, label }) => ({ label, href: externalStart(uid, id) }));

  /** The page that the sign-in has come to. */
  const showStage = async (
    { reply, pending }: Visit,
    { status = 200, mail = '', errors = [] }: PageState = {},
  ): Promise<FastifyReply> => {
    const page = { action: action(pending), errors };
    const stage = await secondFactor.stage(pending.uid);
    switch (stage.kind) {
      case 'password': {
        const options = await secondFactor.passkeyQuestion(pending.uid);
        return showPage(
          reply,
          status,
          pages.signIn({ ...page, mail, options, providers: providersOf(pending) }),
        );
      }
      case 'second-factor': {
        const { hasPasskey, hasCodeApp, account } = stage;
        const options = hasPasskey ? await secondFactor.passkeyQuestion(pending.uid) : undefined;
        return showPage(
          reply,
          status,
          pages.secondFactor({ ...page, mail: account.mail, options, hasCodeApp }),
        );
      }
      case 'setup-code':
        return showPage(reply, status, pages.setupCode({ ...page, replaces: false }));
      case 'set-up': {
        const { passkey, app } = await secondFactor.setUp(pending.uid);
        return showPage(reply, status, pages.setUp({ ...page, options: passkey, app }));
      }
    }
  };

  const askRole = (
    { reply, pending }: Visit,
    choices: readonly ActingChoice[],
    errors: readonly FieldError[] = [],
  ): FastifyReply =>
    showPage(
      reply,
      errors.length > 0 ? 400 : 200,
      pages.actingAs({ action: action(pending), choices, errors }),
    );

  const signedIn = async (
    { request, reply, exchange, pending }: Visit,
    account: Account,
    authentication: Authentication,
  ): Promise<FastifyReply> => {
    const { wantedAcrs } = pending;
    if (wantedAcrs.length > 0 && !isStrongEnough(authentication.acr, wantedAcrs)) {
      return showPage(
        reply,
        403,
        pages.problem(
          'You need a passkey for this',
          'The service you came from asks for a passkey. Add one to your Lanyard account, then go back and start again.',
        ),
      );
    }
    knownBrowsers.remember(request, reply, account.mail);
    const next = await interactions.signedIn(exchange, account.staffId, authentication);
    return reply.redirect(next, 303);
  };

  const takePassword = async (visit: Visit, { mail, password }: Form): Promise<FastifyReply> => {
    const { request, reply, pending } = visit;
    const missing = [
      ...(mail.trim() === '' ? [{ field: 'mail', text: 'Enter your NHSmail address' }] : []),
      ...(password === '' ? [{ field: 'password', text: 'Enter your password' }] : []),
    ];
    if (missing.length > 0) return showStage(visit, { status: 400, mail, errors: missing });
    const outcome = await options.signIn({
      mail,
      password,
      address: clientAddress(request, issuer),
      browser: (account) => knownBrowsers.nameOf(request, account),
    });
    switch (outcome.kind) {
      case 'right':
        await secondFactor.begin(pending.uid, outcome.staffId);
        return reply.redirect(action(pending), 303);
      case 'wrong':
        return showStage(visit, { status: 401, mail, errors: [{ field: 'mail', text: WRONG }] });
      case 'too-many':
        return showStage(visit, {
          status: 429,
          mail,
          errors: [{ field: 'mail', text: tooMany(outcome.minutes) }],
        });
      case 'not-linked':
        return showPage(
          reply,
          403,
          pages.problem(
            'We cannot find your staff record',
            'Your NHSmail account is right, but it is not linked to a staff record yet. Ask your HR department to check the e-mail address and employee number in your record.',
          ),
        );
    }
  };

  /** The account of somebody who is invented, once there is one. */
  const accountOf = async (
    { request }: Visit,
    { mail, password }: InventedPerson,
  ): Promise<Account | undefined> => {
    const address = clientAddress(request, issuer);
    const outcome = await options.signIn({ mail, password, address, browser: () => undefined });
    return outcome.kind === 'right' ? accounts.find(outcome.staffId) : undefined;
  };

  /** Goes where a step has led to; shows the page again with what is wrong. */
  const follow = (
    visit: Visit,
    outcome: StepOutcome,
    wrong: FieldError,
  ): Promise<FastifyReply> | FastifyReply => {
    switch (outcome.kind) {
      case 'authenticated':
        return signedIn(visit, outcome.account, outcome.authentication);
      case 'next':
        return visit.reply.redirect(action(visit.pending), 303);
      case 'wrong':
        return showStage(visit, { status: 401, errors: [wrong] });
      case 'too-many':
        return showStage(visit, {
          status: 429,
          errors: [{ field: wrong.field, text: tooMany(outcome.minutes) }],
        });
    }
  };

  const takeStep = async (visit: Visit, given: Form): Promise<FastifyReply> => {
    const { request, reply, pending } = visit;
    const { uid } = pending;
    const code = (text: string): FieldError => ({ field: 'code', text });
    switch (given.step) {
      case 'passkey':
        return follow(visit, await secondFactor.takePasskey(uid, given.passkey), {
          field: 'passkey',
          text: WRONG_PASSKEY,
        });
      case 'code':
        return follow(
          visit,
          await secondFactor.takeCode(uid, given.code),
          code('The code is wrong, or was used before. Wait for the next one and enter it'),
        );
      case 'setup-code': {
        const outcome = await secondFactor.takeSetupCode(uid, given.code);
        const replaces = (await secondFactor.stage(uid)).kind === 'second-factor';
        if (outcome.kind !== 'wrong' || !replaces) {
          return follow(visit, outcome, code('The setup code is wrong, or has ended'));
        }
        const errors = [code('The setup code is wrong, or has ended')];
        const page = { action: action(pending), errors, replaces };
        return showPage(reply, 401, pages.setupCode(page));
      }
      case 'new-passkey':
        return follow(
          visit,
          await secondFactor.takeNewPasskey(
            uid,
            given.passkey,
            given.name.trim() || knownBrowsers.describe(request),
          ),
          { field: 'passkey', text: 'The passkey could not be set up. Try again' },
        );
      case 'new-code':
        return follow(
          visit,
          await secondFactor.takeNewCodeApp(uid, given.code),
          code('The code is wrong. Wait for the next one and enter it'),
        );
      case 'restart':
        await secondFactor.restart(uid);
        return reply.redirect(action(pending), 303);
      case 'password':
      case 'acting':
        return takePassword(visit, given);
    }
  };

  return async (app) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT });
    answerErrors(app, pages, ended);

    const visitOf = async (
      request: PageRequest,
      reply: FastifyReply,
    ): Promise<Visit | undefined> => {
      const exchange = { req: request.raw, res: reply.raw };
      const pending = await interactions.find(exchange);
      if (pending?.uid !== request.params.uid) return undefined;
      // Browsers apply form-action to the redirects that follow a form, and those end at the application.
      reply.header('content-security-policy', formPolicy(pending.returnOrigin));
      return { request, reply, exchange, pending };
    };

    app.get('/sign-in/:uid', async (request: PageRequest, reply) => {
      const visit = await visitOf(request, reply);
      if (visit === undefined) return ended(reply);
      const invented = options.demonstration?.(visit.pending.loginHint);
      if (visit.pending.step === 'sign-in') {
        const account = invented === undefined ? undefined : await accountOf(visit, invented);
        return account === undefined
          ? showStage(visit)
          : signedIn(visit, account, AUTHENTICATION.passwordAndPasskey);
      }
      const person = await choicesOf(visit.pending.staffId);
      if (person === undefined) return ended(reply);
      const role = person.choices.find(({ role }) => role === invented?.role);
      if (role !== undefined) {
        return reply.redirect(
          await interactions.approve(visit.exchange, role, person.account.name),
          303,
        );
      }
      const [only, ...others] = person.choices;
      return only !== undefined && others.length === 0
        ? reply.redirect(await interactions.approve(visit.exchange, only, person.account.name), 303)
        : askRole(visit, person.choices);
    });

    app.get('/sign-in/:uid/setup-code', async (request: PageRequest, reply) => {
      const visit = await visitOf(request, reply);
      if (visit === undefined) return ended(reply);
      const stage = await secondFactor.stage(visit.pending.uid);
      return stage.kind === 'second-factor'
        ? showPage(
            reply,
            200,
            pages.setupCode({ action: action(visit.pending), errors: [], replaces: true }),
          )
        : showStage(visit);
    });

    app.post('/sign-in/:uid', async (request: PageRequest, reply) => {
      const { origin } = request.headers;
      if (origin !== undefined && origin !== issuer) return ended(reply);
      const visit = await visitOf(request, reply);
      if (visit === undefined) return ended(reply);
      const given = form.safeParse(request.body ?? {});
      if (!given.success) return ended(reply);
      if (visit.pending.step === 'sign-in') return takeStep(visit, given.data);
      const person = await choicesOf(visit.pending.staffId);
      if (person === undefined) return ended(reply);
      const choice = person.choices.find((each) => each.value === given.data.acting);
      return choice === undefined
        ? askRole(visit, person.choices, [
            { field: 'acting', text: 'Select who you are acting as' },
          ])
        : reply.redirect(
            await interactions.approve(visit.exchange, choice, person.account.name),
            303,
          );
    });
  };
}

/** How a page is shown again. */
interface PageState {
  readonly status?: number;
  readonly mail?: string;
  readonly errors?: readonly FieldError[];
}
