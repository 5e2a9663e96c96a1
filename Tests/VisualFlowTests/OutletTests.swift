import Testing
import _TestSupport

/// Home servers and shops take pictures and films as they take sound.
@Suite struct OutletTests {
  @Test func aHomeServerHoldsAndServesThem() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4; publish p1 a.png
      order o1 alice --content f1 --content p1 --home home --use view > order
      as ds ds-deliver -o o1.tar order
      as home hs-store put o1.tar
      as home hs-store play o1 < /dev/null > played 2> error || head -n 1 error
      (
        export SUKASHI_AS=home SUKASHI_SIGNING_KEY=home.key SUKASHI_STORE=home.store
        exec $HS serve --listen 127.0.0.1:0 --print-urls > urls
      ) & server=$!
      trap 'kill -9 $server 2> /dev/null || true' EXIT
      for i in {1..100}; do [ -s urls ] && break; sleep 0.1; done
      URL=$(cut -f 2 urls)
      tar xf o1.tar
      curl -sf ${URL}1.mp4 | cmp - 1.mp4
      curl -sf ${URL}2.png | cmp - 2.png
      cmp <(curl -sf -r 1000-2999 ${URL}1.mp4) <(tail -c +1001 1.mp4 | head -c 2000)
      for f in 1.mp4 2.png 1.m3u8; do curl -sf -o /dev/null -w '%{content_type} ' $URL$f; done; echo
      ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames -of csv=p=0 ${URL}1.m3u8 |
        sort -u
      for f in 2.m3u8 1/init.mp4 1/0.m4s; do curl -s -o /dev/null -w '%{http_code} ' $URL$f; done; echo
      curl -sf $URL | grep -o '<video\\|data-kind="[a-z]*"'
      $BROWSER $URL profile film > cost
      sleep 4
      kill $server && wait $server
      as home hs-store list | cut -f 1-4
      as home hs-store finish o1
      find home.store -name '*.sealed' | wc -l
      grep -o '"kind":"billed"' l | wc -l
      cat 1.mp4 | ffmpeg -v error -i - -f null -
      as cs wm-detect 2.png | cut -d ' ' -f 1-3
      """)
    #expect(
      result.text.split(separator: "\n") == [
        "hs-store: error: '1.mp4' is not audio: format not recognised",
        "video/mp4 image/png application/vnd.apple.mpegurl ", "flac,326", "h264,156",
        "404 404 404 ", "<video", "data-kind=\"film\"", "data-kind=\"picture\"",
        "o1\talice\tf1,p1\theld", "0", "1", "2.png: user=alice order=o1",
      ], "\(result.text)\(result.errors)")
  }

  @Test func filmsAndPicturesAreNotOrderedOnAudioDiscs() throws {
    let result = try VisualShell().run(
      """
      publish f1 --video-options "$FAST" film.mp4; publish p1 a.png
      sox -n -r 44100 -c 2 -b 16 s.wav synth 3 pinknoise vol 0.3; publish s1 s.wav
      cp l before
      for title in f1 p1 's1 --content f1'; do
        order o1 alice --content $title --shop shop --medium cd-r; echo $?
      done 2>&1
      echo '{"contents":["s1"],"id":"o2","medium":"cd-r","shop":"shop","user":"alice"}
      {"contents":["p1"],"id":"o3","medium":"cd-r","shop":"shop","user":"alice"}' |
        as cs cs-order --batch - 2>&1 | grep -v hint; cmp l before && echo same
      order o1 alice --content s1 --shop shop --medium cd-r | grep -c '"medium":"cd-r"'
      for medium in cd-rom dvd-r; do
        order o-$medium alice --content f1 --content p1 --shop shop --medium $medium | grep -c '"order":"o-'
      done
      # An order that was taken is what it was.
      (unset SUKASHI_STORE; export SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key
        cs-order --id o4 --user alice --content f1 --shop shop --medium cd-r > o4)
      order o4 alice --content f1 --shop shop --medium cd-r | cmp - o4 && echo same
      """)
    func refusal(_ title: String, _ kind: String) -> [String] {
      [
        "cs-order: error: the title '\(title)' is a \(kind), which does not go on the medium 'cd-r', an audio disc",
        "cs-order: hint: order it on dvd-r or cd-rom", "2",
      ]
    }
    let text = result.text.split(separator: "\n").map(String.init)
    #expect(
      Array(text.prefix(9)) == refusal("f1", "film") + refusal("p1", "picture")
        + refusal("f1", "film"),
      "\(result.text)\(result.errors)")
    #expect(
      text.dropFirst(9).first?.hasSuffix(
        "line 2: the title 'p1' is a picture, which does not go on the medium 'cd-r', an audio disc"
      ) == true, "\(text)")
    #expect(Array(text.dropFirst(10)) == ["same", "1", "1", "1", "same"], "\(text)")
  }

  @Test func aShopWritesThemOnADataDisc() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4; publish p1 a.jpg
      order o1 alice --content f1 --content p1 --shop shop --medium dvd-r > order
      as ds ds-deliver -o o1.tar order; tar xf o1.tar
      as shop shop-burn o1.tar --image disc.iso
      7z x -y -odisc disc.iso > /dev/null
      find disc -iname '*f1*' -exec cmp {} 1.mp4 ';'
      find disc -iname '*p1*' -exec cmp {} 2.jpg ';'
      find disc -type f | wc -l
      as cs wm-detect disc/*p1* | cut -d ' ' -f 1-3
      # A content server without its masters cannot know.
      (order() { SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key cs-order --id $1 --user $2 "${@:3}"; }
        order o2 alice --content f1 --shop shop --medium cd-r) | as ds ds-deliver -o o2.tar
      as shop shop-burn o2.tar --image disc.cue 2> error || echo "$? $(head -n 1 error)"
      grep -c '"kind":"burned"' l
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(result.text)\(result.errors)")
    #expect(lines[0] == "4")
    #expect(lines[1].hasSuffix(": user=alice order=o1"))
    #expect(lines[2] == "2 shop-burn: error: '1.mp4' is not audio: format not recognised")
    #expect(lines[3] == "1")
  }
}
