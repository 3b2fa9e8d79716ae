/**
 * What issuing and verifying cost beside the signatures themselves: `node:crypto` signing and verifying synchronously is
 * the floor, and everything runs on one thread.
 */
import { type KeyObject, sign, verify } from 'node:crypto';

import { issueSdJwtVc } from '../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import {
  type PresentationRules,
  verifyPresentation,
} from '../../standards/sd-jwt-vc/verify-presentation.ts';
import { createStatusList, readStatus } from '../../standards/status-list/status-list.ts';
import { median } from '../percentile.ts';
import {
  newClaims,
  newCredential,
  newIssuer,
  newParty,
  newPresentation,
  type Party,
  REQUEST,
  VCT,
} from './credentials-at-hand.ts';
import { type Job, measureRates, medianRatio } from './rates.ts';
import { usualIssue, usualVerify } from './usual-library.ts';

/** Two seconds for each job. */
const ROUNDS = { rounds: 20, sliceMs: 100 };
/** More holders than the verifier remembers, so that in turn each is new to it. */
const NEW_HOLDERS = 3_000;
/** Holders whose keys the verifier remembers. */
const KNOWN_HOLDERS = 250;
const LIST_SIZE = 2 ** 20;

/** Measures how close to the floor this project and the usual library come. */
export async function measureRatios() {
  const now = new Date();
  const issuer = await newIssuer();
  const holder = newParty('holder');
  const credential = await newCredential(issuer, now);
  const presentations: string[] = [];
  while (presentations.length < NEW_HOLDERS) {
    presentations.push(await newPresentation(issuer, presentations.length, now));
  }
  const rules = rulesFor(issuer, now);
  const whole: PresentationRules = { ...rules, keyBinding: 'not-required' };
  const content = newClaims(holder.jwk, now);

  const rates = await measureRates(
    {
      sign: rawSign(signingInputOf(credential), issuer.privateKey),
      verify: rawVerify(signingInputOf(credential), issuer),
      signDer: rawSignDer(signingInputOf(credential), issuer.privateKey),
      verifyDer: rawVerifyDer(signingInputOf(credential), issuer),
      issue: () => issueSdJwtVc(content, issuer.signer),
      verifyWhole: () => mustBeValid(credential, whole),
      presentCold: inTurn(presentations, (one) => mustBeValid(one, rules)),
      presentWarm: inTurn(presentations.slice(0, KNOWN_HOLDERS), (one) => mustBeValid(one, rules)),
      usualIssue: usualIssue(issuer, content),
      usualVerify: usualVerify(issuer, credential),
    },
    ROUNDS,
  );
  const twoVerifies = rates.verify.map((rate) => rate / 2);
  const twoVerifiesDer = rates.verifyDer.map((rate) => rate / 2);
  return {
    issue_ratio: round(medianRatio(rates.issue, rates.sign)),
    verify_ratio: round(medianRatio(rates.verifyWhole, rates.verify)),
    present_cold_ratio: round(medianRatio(rates.presentCold, twoVerifies)),
    present_warm_ratio: round(medianRatio(rates.presentWarm, twoVerifies)),
    // Beside the form of signatures that node:crypto is twice as fast with, and tokens do not have.
    issue_ratio_der: round(medianRatio(rates.issue, rates.signDer)),
    verify_ratio_der: round(medianRatio(rates.verifyWhole, rates.verifyDer)),
    present_cold_ratio_der: round(medianRatio(rates.presentCold, twoVerifiesDer)),
    present_warm_ratio_der: round(medianRatio(rates.presentWarm, twoVerifiesDer)),
    sd_jwt_js_issue_ratio: round(medianRatio(rates.usualIssue, rates.sign)),
    sd_jwt_js_verify_ratio: round(medianRatio(rates.usualVerify, rates.verify)),
    sign_per_s: Math.round(median(rates.sign)),
    verify_per_s: Math.round(median(rates.verify)),
  };
}

function rulesFor(issuer: Party, now: Date): PresentationRules {
  const list = createStatusList(2, LIST_SIZE);
  const key = { key: issuer.publicKey, trusted: true };
  return {
    now,
    acceptedTypes: new Set([VCT]),
    keyBinding: REQUEST,
    findIssuerKey: () => Promise.resolve(key),
    readStatus: ({ index }) =>
      Promise.resolve({ kind: 'status', status: readStatus(list, index), asOf: now }),
  };
}

async function mustBeValid(presentation: string, rules: PresentationRules): Promise<void> {
  const { outcome } = await verifyPresentation(presentation, rules);
  if (outcome !== 'valid') throw new Error(`the verdict is ${outcome}`);
}

function inTurn<Item>(items: readonly Item[], work: (item: Item) => unknown): Job {
  let next = 0;
  return () => {
    const item = items[next] as Item;
    next = (next + 1) % items.length;
    return work(item);
  };
}

const signingInputOf = (credential: string): Buffer =>
  Buffer.from(credential.slice(0, credential.lastIndexOf('.', credential.indexOf('~'))));

function rawSign(data: Buffer, key: KeyObject): Job {
  return () => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
}

function rawVerify(data: Buffer, { privateKey, publicKey }: Party): Job {
  const signature = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return () => {
    if (!verify('sha256', data, key, signature)) throw new Error('the signature must verify');
  };
}

function rawSignDer(data: Buffer, key: KeyObject): Job {
  return () => sign('sha256', data, key);
}

function rawVerifyDer(data: Buffer, { privateKey, publicKey }: Party): Job {
  const signature = sign('sha256', data, privateKey);
  return () => {
    if (!verify('sha256', data, publicKey, signature)) {
      throw new Error('the signature must verify');
    }
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
