import CommandLineSupport
import Ledger
import Testing
import _TestSupport

/// The server as curl, Python and players see it.
@Suite struct ServeTests {
  @Test(arguments: ["flac", "wav"]) func rangesAreTheBytesOfTheCopy(_ format: String) throws {
    let shell = try ServingShell(seconds: 8)
    try shell.expectSuccess(
      """
      put o1 day \(format)
      serving --rate 100000
      cat > ranges.py <<'END'
      import http.client, random, sys
      from urllib.parse import urlsplit
      url = urlsplit(sys.argv[1])
      copy = open(sys.argv[2], 'rb').read()
      chance = random.Random(5)
      line = http.client.HTTPConnection(url.hostname, url.port)
      size = len(copy)
      edges = [0, 1, 65535, 65536, 65537, 131071, 131072, 131073, size - 2, size - 1]
      for number in range(400):
          start = chance.choice(edges + [chance.randrange(size)] * 10)
          end = min(max(start, start + chance.choice([0, 1, 2, 65535, 65536, 200000, size])), size - 1)
          kind = chance.randrange(4)
          text, part = [(f'{start}-{end}', copy[start:end + 1]), (f'{start}-', copy[start:]),
                        (f'-{size - start}', copy[start:]), (f'{start}-{end + size}', copy[start:])][kind]
          line.request('GET', url.path, headers={'Range': 'bytes=' + text})
          answer = line.getresponse()
          body = answer.read()
          assert answer.status == 206, (text, answer.status)
          last = start + len(part) - 1
          assert answer.getheader('Content-Range') == f'bytes {start}-{last}/{size}', text
          assert int(answer.getheader('Content-Length')) == len(part), text
          assert body == part, text
      END
      python3 ranges.py "$(url o1)1.\(format)" o1.copy
      curl -sf -o whole "$(url o1)1.\(format)"
      cmp whole o1.copy
      curl -sf -C 100000 -o rest "$(url o1)1.\(format)"
      tail -c +100001 o1.copy | cmp - rest
      served
      """)
  }

  @Test func conditionsAndHeaders() throws {
    let shell = try ServingShell(seconds: 3)
    try shell.expectSuccess(
      #"""
      put o1 day flac
      serving
      u=$(url o1)1.flac
      # says OPTIONS...: status line and the named fields of an answer.
      says() { curl -s -D - -o body "$@" "$u" | tr -d '\r'; }
      is() { grep -qx "$1" answer || { cat answer; echo "no $1"; exit 1; } >&2; }
      says > answer
      is 'HTTP/1.1 200 OK'; is 'Accept-Ranges: bytes'; is 'Content-Type: audio/flac'
      is "Content-Length: $(stat -c %s o1.copy)"; is 'Cache-Control: private, no-store'
      is 'X-Content-Type-Options: nosniff'; is "Content-Security-Policy: default-src 'none';.*"
      tag=$(sed -n 's/^ETag: //p' answer)
      says -I > answer; is 'HTTP/1.1 200 OK'; is "Content-Length: $(stat -c %s o1.copy)"
      if grep -q fLaC body; then exit 1; fi
      says -I -H 'Range: bytes=1-2' > answer; is 'HTTP/1.1 206 Partial Content'; is 'Content-Length: 2'
      says -H "If-None-Match: $tag" > answer; is 'HTTP/1.1 304 Not Modified'; is "ETag: $tag"
      says -H "If-None-Match: \"x\", W/$tag" > answer; is 'HTTP/1.1 304 Not Modified'
      says -H 'If-None-Match: "x"' > answer; is 'HTTP/1.1 200 OK'
      says -r 5-8 -H "If-Range: $tag" > answer; is 'HTTP/1.1 206 Partial Content'
      says -r 5-8 -H 'If-Range: "x"' > answer; is 'HTTP/1.1 200 OK'
      says -r 5-8 -H 'If-Range: Tue, 24 Nov 2026 12:00:00 GMT' > answer; is 'HTTP/1.1 200 OK'
      says -H 'Range: bytes=0-1,4-5' > answer; is 'HTTP/1.1 200 OK'
      says -r 99999999- > answer; is 'HTTP/1.1 416 Range Not Satisfiable'
      is "Content-Range: bytes \*/$(stat -c %s o1.copy)"; is 'Content-Length: 0'
      says -X POST -d x > answer; is 'HTTP/1.1 405 Method Not Allowed'; is 'Allow: GET, HEAD'
      u=$(url o1)
      says > answer; is 'Content-Type: text/html; charset=utf-8'
      grep -q 'A &lt;b&gt;Song&lt;/b&gt;' body
      if grep -E 'https?:|style=|onclick|<script>' body; then exit 1; fi
      u=${u%/}; says > answer; is 'HTTP/1.1 308 Permanent Redirect'; is "Location: /${u##*/}/"
      u=$(url o1)1.m3u8; says > answer; is 'Content-Type: application/vnd.apple.mpegurl'
      u=$(url o1)1/0.m4s; says > answer; is 'Content-Type: audio/mp4'; cp body segment
      says -r 10-19 > answer; is 'HTTP/1.1 206 Partial Content'
      head -c 20 segment | tail -c 10 | cmp - body
      sleep 1
      u=$(url o1)status; says > answer; is 'Content-Type: application/json'
      jq -e '.use == "day" and .days == 1 and .cost == ["33 JPY"]' body > /dev/null
      served
      """#)
  }

  @Test func tokensAreSecretAndEnd() throws {
    let shell = try ServingShell(seconds: 3)
    try shell.expectSuccess(
      #"""
      put o1 minute flac
      serving
      code() { curl -s -o /dev/null -w '%{http_code}' --path-as-is "$@"; }
      u=$(url o1); root=${u%/*/}/; token=$(basename $u)
      [ ${#token} = 32 ]
      [ $(code $root) = 404 ] && [ $(code ${root}x/) = 404 ]
      [ $(code ${root}${token:0:31}/1.flac) = 404 ] && [ $(code ${root}${token}x/1.flac) = 404 ]
      [ $(code ${root}$(tr 'A-Za-z' 'B-ZAb-za' <<< $token)/1.flac) = 404 ]
      [ $(code ${u}../${token}/1.flac) = 404 ] && [ $(code ${u}..%2f..%2fkey) = 404 ]
      [ $(code ${u}key) = 404 ] && [ $(code ${u}1.wav) = 404 ] && [ $(code ${u}2.flac) = 404 ]
      # What comes later is served, too, and what has ended is not, even in the middle of an answer.
      put o2 minute flac
      in_place serve --listen 127.0.0.1:0 --print-urls > urls.2 & other=$!
      for i in {1..100}; do [ -s urls.2 ] && break; sleep 0.05; done
      kill $other; wait $other
      later=$(awk '$1 == "o2" { print $2 }' urls.2)
      later=$root${later#http://*/}
      # The folder is looked into once a second.
      for i in {1..30}; do [ $(code $later) = 200 ] && break; sleep 0.1; done
      [ $(code $later) = 200 ] && [ $(code $u) = 200 ]
      hs finish o1
      [ $(code $u) = 410 ] && [ $(code ${u}1.flac) = 410 ] && [ $(code $later) = 200 ]
      served
      # Another server has never heard of it.
      serving
      [ $(code ${root%:*}:$(sed 's|.*:\([0-9]*\)/.*|\1|;q' urls)/$token/) = 404 ]
      served
      """#)
  }

  @Test func strangersAndCrowdsAreHeldOff() throws {
    let shell = try ServingShell(seconds: 3)
    try shell.expectSuccess(
      #"""
      put o1 day flac
      serving
      u=$(url o1); root=${u%/*/}/
      for i in {1..60}; do echo "url = ${root}wrong$i/"; echo 'output = /dev/null'; done > config
      curl -s -w '%{http_code}\n' -K config | sort | uniq -c > codes
      [ $(awk '$2 == 404 { print $1 }' codes) -le 32 ] && grep -q ' 429' codes
      served
      serving
      u=$(url o1)status
      for i in {1..900}; do echo "url = $u"; echo 'output = /dev/null'; done > config
      curl -s -w '%{http_code}\n' -K config | sort | uniq -c > codes
      [ $(awk '$2 == 200 { print $1 }' codes) -ge 500 ] && grep -q ' 429' codes
      served
      """#)
  }

  @Test func hostileRequests() throws {
    let shell = try ServingShell(seconds: 3)
    let said = try shell.expectSuccess(
      """
      put o1 day flac
      serving --rate 100000
      $tests/hostile $(url o1) 1500 3 --slow
      curl -sf -o whole "$(url o1)1.flac"
      cmp whole o1.copy
      [ ! -s serve.log ]
      served
      """)
    #expect(said.text.contains("404:") && said.text.contains("416:"), "\(said.text)")
  }

  @Test func signalsEndItGracefully() throws {
    let shell = try ServingShell(seconds: 30)
    try shell.expectSuccess(
      """
      put o1 minute wav
      for signal in TERM INT; do
        serving --read-ahead 5
        curl -s -o part "$(url o1)1.wav" & player=$!
        sleep 1.5
        kill -$signal $server
        wait $server
        wait $player && exit 1 || true
      done
      [ $(stat -c %s part) -lt $(stat -c %s o1.copy) ]
      """)
    #expect(
      try shell.events(Viewing.self, of: "o1").map(\.action) == [.start, .stop, .start, .stop])
  }

  @Test func wrongUse() throws {
    let shell = try ServingShell(seconds: 3)
    let result = try shell.run(
      """
      for listen in 127.0.0.1 :80 127.0.0.1:x ::1:80 127.0.0.1:70000; do
        hs serve --listen $listen; [ $? = 2 ] || echo "$listen is taken"
      done
      hs serve --listen 192.0.2.1:8080; [ $? = 2 ] || echo 'an address of others is taken'
      """)
    #expect(result.text.isEmpty, "\(result.text)")
    #expect(result.errors.contains("cannot listen at '192.0.2.1:8080'"), "\(result.errors)")
  }
}
