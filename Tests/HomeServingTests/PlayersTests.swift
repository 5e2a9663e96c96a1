import Ledger
import Testing
import _TestSupport

/// Other people's players, unmodified: all of them decode the samples that were delivered.
@Suite struct PlayersTests {
  /// Lines that set `expected` to the MD5 of the samples of `o1.copy`, and `samples FILE...` to those
  /// of something else.
  private static let samples = """
    samples() { ffmpeg -v error "$@" -f s16le - | md5sum; }
    expected=$(samples -i o1.copy)
    same() { [ "$expected" = "$1" ] || { echo "$2 plays something else" >&2; exit 1; }; }

    """

  @Test(arguments: ["flac", "wav"]) func ffmpegReadsCopyAndHLS(_ format: String) throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      "put o1 day \(format); serving\n" + Self.samples + """
        same "$(samples -i "$(url o1)1.\(format)")" ffmpeg
        same "$(samples -i "$(url o1)1.m3u8")" 'ffmpeg by HLS'
        # The same segment is the same bytes every time.
        curl -sf "$(url o1)1/1.m4s" | md5sum > one
        curl -sf "$(url o1)1/1.m4s" | md5sum | cmp - one
        [ "$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$(url o1)1.m3u8")" = 20.000000 ]
        served
        """)
  }

  @Test func lossyCopiesByHLS() throws {
    let shell = try ServingShell(seconds: 14)
    for format in ["mp3", "ogg"] {
      try shell.expectSuccess(
        """
        put o-\(format) day \(format)
        serving
        n=$(ffmpeg -v error -i "$(url o-\(format))1.m3u8" -f s16le - | wc -c)
        [ $n -ge 2460000 ] && [ $n -le 2490000 ]
        curl -sf -o whole "$(url o-\(format))1.\(format)"
        cmp whole o-\(format).copy
        served
        """)
    }
  }

  /// Every title of an album in every format, as itself and by HLS.
  @Test func everyFormat() throws {
    let shell = try ServingShell(seconds: 8)
    let said = try shell.expectSuccess(
      """
      for format in wav rf64 flac opus ogg mp3; do album o-$format day $format; done
      serving
      for format in wav rf64 flac opus ogg mp3; do
        for number in 1 2; do
          for name in $number.$format $number.m3u8; do
            ffprobe -v error -show_entries stream=codec_name:format=duration -of csv=p=0 \
              "$(url o-$format)$name" | tr '\\n' ' '
          done
          echo
        done
      done
      served
      """)
    let codecs = ["pcm_s16le", "pcm_s16le", "flac", "opus", "vorbis", "mp3"].flatMap { [$0, $0] }
    let lines = said.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.map { $0.first } == codecs, "\(said.text)")
    for line in lines {
      // ffprobe names the stream of a playlist twice.
      #expect(line.count > 3 && line.dropFirst(2).dropLast().allSatisfy { $0 == "flac" }, "\(line)")
      for duration in [line.dropFirst().first, line.last] {
        #expect(abs((duration.flatMap(Double.init) ?? 0) - 8) < 0.1, "\(line)")
      }
    }
  }

  @Test func mpvPlaysPausesAndSeeks() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      "put o1 day flac; serving\n" + Self.samples + """
        quiet='--no-config --no-terminal --vo=null'
        mpv $quiet --ao=pcm --ao-pcm-file=m.wav "$(url o1)1.flac"
        same "$(samples -i m.wav)" mpv
        mpv $quiet --ao=pcm --ao-pcm-file=m.wav "$(url o1)1.m3u8"
        same "$(samples -i m.wav)" 'mpv by HLS'
        mpv $quiet --ao=pcm --ao-pcm-file=m.wav --start=12 --length=3 "$(url o1)1.flac"
        [ $(stat -c %s m.wav) -gt 520000 ] && [ $(stat -c %s m.wav) -lt 540000 ]
        # By its control socket: pause, seek, go on.
        mpv $quiet --ao=null --input-ipc-server=socket "$(url o1)1.flac" &
        cat > control.py <<'END'
        import json, socket, time
        for _ in range(100):
            try:
                line = socket.socket(socket.AF_UNIX); line.connect('socket'); break
            except OSError:
                time.sleep(0.05)
        file = line.makefile('rw')
        def ask(*words):
            file.write(json.dumps({'command': words, 'request_id': 7}) + '\\n'); file.flush()
            while True:
                answer = json.loads(file.readline())
                if answer.get('request_id') == 7: return answer.get('data')
        def until(low, high):
            for _ in range(100):
                place = ask('get_property', 'time-pos')
                if place and low < place < high: return place
                time.sleep(0.05)
            raise SystemExit(f'never between {low} and {high}: {place}')
        until(0.3, 5)
        ask('set_property', 'pause', True)
        still = ask('get_property', 'time-pos'); time.sleep(0.3)
        assert abs(ask('get_property', 'time-pos') - still) < 0.1
        ask('seek', 15, 'absolute'); ask('set_property', 'pause', False)
        until(15.2, 19)
        ask('seek', -10, 'relative')
        until(5, 10)
        ask('quit')
        END
        python3 control.py
        wait %2
        served
        """)
  }

  @Test func ffplayAndVLC() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      "put o1 day flac; serving\n" + Self.samples + """
        SDL_AUDIODRIVER=dummy ffplay -v error -nodisp -autoexit -ss 18 "$(url o1)1.flac" < /dev/null
        # VLC does not run as root.
        chmod 755 . && mkdir vlc && chmod 777 vlc
        as_user=
        [ $(id -u) != 0 ] || as_user='setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=$PWD/vlc'
        for name in flac m3u8; do
          rm -f vlc/v.wav
          $as_user cvlc -q --no-video --play-and-exit \
            --sout '#transcode{acodec=s16l}:std{access=file,mux=wav,dst=vlc/v.wav}' \
            "$(url o1)1.$name" vlc://quit > vlc.log 2>&1
          same "$(samples -i vlc/v.wav)" "VLC, $name,"
        done
        served
        """)
  }

  @Test func browser() throws {
    let shell = try ServingShell(seconds: 20)
    let said = try shell.expectSuccess(
      """
      put o1 minute flac
      serving
      $tests/browser "$(url o1)" profile
      served
      """)
    #expect(said.text.contains("Cost so far: 11 JPY (by the minute)"), "\(said.text)")
    let actions = try shell.events(Viewing.self, of: "o1").map(\.action)
    #expect(actions.first == .start && actions.last == .stop, "\(actions)")
    // What is between depends on how far the browser has fetched ahead.
    let counted = try shell.counted("o1")
    #expect((1...15).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }
}
