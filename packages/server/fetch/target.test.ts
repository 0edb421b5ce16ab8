import { expect, test } from 'vitest';
import { openGuardedFetch } from './guarded-fetch.ts';
import { shownUrl } from './shown-url.ts';
import { readTarget } from './target.ts';

const guard = openGuardedFetch({ ownNetworks: () => [], ownBases: ['https://films.example:8787/'] });
const codeOf = (url: string) => guard.inspect(url)?.code;

test.each([
  ['decimal', 'http://2130706433/'],
  ['octal', 'http://0177.0.0.1/'],
  ['octal as one number', 'http://017700000001/'],
  ['hexadecimal', 'http://0x7f000001/'],
  ['mixed', 'http://0x7f.1/'],
  ['short', 'http://127.1/'],
  ['nothing after 0x', 'http://0x/'],
  ['leading zeros', 'http://127.000.000.001/'],
  ['a trailing dot', 'http://127.0.0.1./'],
  ['full-width digits', 'http://１２７.0.0.1/'],
  ['circled digits', 'http://①②⑦.0.0.1/'],
  ['ideographic full stops', 'http://127。0。0。1/'],
  ['escapes', 'http://%31%32%37.0.0.1/'],
  ['a soft hyphen', 'http://127.0\u00ad.0.1/'],
  ['a tab', 'http://127.0.\t0.1/'],
  ['white space around', '  http://127.0.0.1/ '],
  ['back slashes', 'http:\\\\127.0.0.1\\'],
  ['no slashes', 'http:127.0.0.1'],
  ['too many slashes', 'https:////127.0.0.1/'],
  ['upper case', 'HTTP://0X7F.0.0.1/'],
  ['every zero', 'http://0/'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['IPv6 loopback, written out', 'http://[0:0:0:0:0:0:0:1]:8080/'],
  ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/'],
  ['IPv4-mapped, in hexadecimal', 'http://[::ffff:a9fe:a9fe]/'],
  ['IPv4-compatible', 'http://[::127.0.0.1]/'],
  ['NAT64', 'http://[64:ff9b::127.0.0.1]/'],
  ['local NAT64', 'http://[64:ff9b:1::7f00:1]/'],
  ['6to4', 'http://[2002:7f00:1::]/'],
  ['Teredo', 'http://[2001::1]/'],
  ['metadata', 'http://169.254.169.254/latest/meta-data/'],
  ['metadata, decimal', 'http://2852039166/'],
  ['localhost', 'http://localhost/'],
  ['localhost, dressed up', 'http://LOCALHOST./'],
  ['below localhost', 'http://films.localhost/'],
  ['a name without a dot', 'http://minio:9000/'],
  ['metadata by name', 'http://metadata.google.internal/'],
  ['a printer', 'http://printer.local/'],
  ['a router', 'http://router.home.arpa/'],
  ['ourselves', 'https://films.example:8787/v1/generations'],
  ['ourselves, dressed up', 'https://FILMS.example.:8787/'],
])('%s: %s is no public address', (_what, url) => {
  const refusal = guard.inspect(url);
  expect(refusal?.code).toBe('address_forbidden');
  expect(['not a public address', 'an address of this server']).toContain(refusal?.found);
});

test.each([
  ['', 'url_invalid'],
  ['film.mp4', 'url_invalid'],
  ['//films.example/film.mp4', 'url_invalid'],
  ['http://', 'url_invalid'],
  ['http://./', 'url_invalid'],
  ['http://films..example/', 'url_invalid'],
  ['http://films.example../', 'url_invalid'],
  ['http://[::1%25eth0]/', 'url_invalid'],
  ['http://[fe80::1%eth0]/', 'url_invalid'],
  ['http://[::1/', 'url_invalid'],
  ['http://256.1.1.1/', 'url_invalid'],
  ['http://1.2.3.4.5/', 'url_invalid'],
  ['http://fi lms.example/', 'url_invalid'],
  ['http://films.example:99999/', 'url_invalid'],
  ['http://films.example%00.evil/', 'url_invalid'],
  [`http://${'a'.repeat(64)}.example/`, 'url_invalid'],
  [`http://${'a.'.repeat(130)}example/`, 'url_invalid'],
  [`http://films.example/${'a'.repeat(9000)}`, 'url_invalid'],
  ['file:///etc/passwd', 'url_scheme'],
  ['ftp://films.example/', 'url_scheme'],
  ['gopher://127.0.0.1:6379/_x', 'url_scheme'],
  ['javascript:alert(1)', 'url_scheme'],
  ['data:text/plain,hello', 'url_scheme'],
  ['blob:http://films.example/1', 'url_scheme'],
  ['ws://films.example/', 'url_scheme'],
  ['oss://bucket/key', 'url_scheme'],
  ['C:\\film.mp4', 'url_scheme'],
  ['http://user@films.example/', 'url_credentials'],
  ['http://user:secret@films.example/', 'url_credentials'],
  ['http://:secret@films.example/', 'url_credentials'],
  ['http://127.0.0.1@films.example/', 'url_credentials'],
  ['http://films.example@127.0.0.1/', 'url_credentials'],
  ['http://films.example:22/', 'url_port'],
  ['http://films.example:0/', 'url_port'],
  ['https://films.example:25/', 'url_port'],
  ['http://films.example:1023/', 'url_port'],
  ['http://films.example:6000/', 'url_port'],
  ['http://films.example:6667/', 'url_port'],
])('%s is %s', (url, code) => {
  expect(codeOf(url)).toBe(code);
});

test.each([
  'http://films.example/',
  'https://films.example:443/',
  'http://films.example:443/',
  'http://films.example:1024/',
  'http://films.example:9000/',
  'https://films.example:65535/',
  'https://films.example/v1/generations',
  'https://电影.example/片.mp4',
  'http://8.8.8.8/',
  'http://[2606:4700:4700::1111]/',
  'http://a_b.example/',
])('nothing in %s itself is against it', (url) => {
  expect(guard.inspect(url)).toBeUndefined();
});

test('a host has one form', () => {
  const hosts = [
    'http://FILMS.Example./a',
    'http://films.example:80/a#b',
    'http://ｆｉｌｍｓ.example/a',
    'http://%66ilms.example/a',
  ];
  expect(new Set(hosts.map((url) => readTarget(url).url.href))).toEqual(new Set(['http://films.example/a']));
  expect(readTarget('http://电影.example').host).toBe('xn--p3t879b.example');
  expect(readTarget('https://[2606:4700::0001]/')).toMatchObject({ host: '2606:4700::1', port: 443, isLiteral: true });
});

test.each([
  ['https://user:secret@films.example:8080/film.mp4?signature=secret#secret', 'https://films.example:8080/film.mp4'],
  ['data:text/plain,secret', 'data:'],
  ['oss://secret/secret', 'oss:'],
  ['secret', ''],
  ['http://user:secret@:80/', ''],
])('%s is shown as "%s"', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

test('no refusal repeats credentials or a query', () => {
  for (const url of [
    'http://user:secret@films.example/?q=secret',
    'ftp://user:secret@films.example/secret',
    'http://localhost/?secret#secret',
    'http://user:secret@[oops/?secret',
    'http://films.example:22/?secret',
  ]) {
    expect(JSON.stringify(guard.inspect(url))).not.toContain('secret');
  }
});
