import Testing
import _TestSupport

/// Whatever stops the publishing of a film, nothing is lost and nothing half-made is left.
@Suite struct FilmFaultTests {
  @Test func aFullDiskIsTold() throws {
    let result = try VisualShell().run(
      """
      mkdir cs.store; mount -t tmpfs -o size=300k none cs.store || exit 9
      trap 'umount cs.store 2> /dev/null' EXIT
      publish f1 --video-options "$FAST" film.mp4 2> error; echo $?
      head -n 1 error | grep -c 'No space left on device\\|no space left on device'
      find cs.store -type f ! -name '*.lock' | wc -l; grep -c published l
      umount cs.store
      publish f1 --video-options "$FAST" film.mp4; echo $?
      """)
    #expect(result.text == "2\n1\n0\n0\n0\n", "\(result.text)\(result.errors)")
  }

  /// Single system calls of the publisher fail, those of its encoders apart.
  @Test func aFailingDiskIsTold() throws {
    let result = try VisualShell().run(
      """
      ffmpeg -v error -i film.mp4 -t 2.5 -c copy short.mp4
      cp l before
      export SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key SUKASHI_STORE=cs.store
      cs() { $1 $PUBLISH --content f1 --title F --currency JPY --price 300 --video-options "$FAST" short.mp4; }
      for group in write:EIO:1:2:4 write:ENOSPC:2:3 fsync:EIO:1:2:4:6:9 rename,renameat:EIO:1 fdatasync:EIO:1; do
        IFS=: read -r call fault numbers <<< $group
        for when in ${numbers//:/ }; do
          rm -rf cs.store l.*; mkdir cs.store; cp before l
          cs "strace -f -b execve -qq -o trace -e trace=$call -e inject=$call:error=$fault:when=$when" \
            > said 2> error
          echo "$? $(wc -c < said) $(grep -q INJECTED trace && echo failed) $(grep -c published l) $(
            ls -A cs.store/masters 2> /dev/null | grep -vc lock) $call $when $(head -n 1 error)"
        done
        cs; echo "$? $(grep -c published l)"
      done
      cs-publish --verify; echo $?
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 18, "\(result.text)\(result.errors)")
    let again = [3, 6, 12, 14, 16]
    var told = 0
    for (number, line) in lines.dropLast().enumerated() where !again.contains(number) {
      // A master without an entry is nobody's, and the next one to publish takes it.
      let start = line.contains("fdatasync") ? "2 0 failed 0 1 " : "2 0 failed 0 0 "
      #expect(line.hasPrefix(start), "\(line)")
      let words = (4...5).contains(number) ? "no space left on device" : "input/output error"
      // Every thread has its own n-th write: it may be that to an encoder, which ends then, or that of the
      // message itself.
      guard line.contains("cs-publish: error: ") else {
        #expect(line.contains(" write "), "\(line)")
        continue
      }
      told += 1
      #expect(
        line.contains("cs-publish: error: cannot ") && line.lowercased().contains(words)
          || line.contains(" write ")
            && line.contains("cs-publish: error: 'ffmpeg' ended with status 1"),
        "\(line)")
    }
    #expect(told >= 8, "\(result.text)")
    for number in again { #expect(lines[number] == "0 1", "\(result.text)\(result.errors)") }
    #expect(lines.last == "0", "\(result.errors)")
  }

  @Test func killedAndGivenAgain() throws {
    let result = try VisualShell().run(
      """
      mkdir cs.store
      (
        export SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key SUKASHI_STORE=cs.store
        exec $PUBLISH --content f1 --title F --currency JPY --price 300 \
          --video-options '-c:v libx264 -preset veryslow -crf 18 -pix_fmt yuv420p' film.mp4
      ) & job=$!
      for i in {1..200}; do ls cs.store/masters/..f1.new.*/a.segments > /dev/null 2>&1 && break; sleep 0.05; done
      kill -9 $job; wait $job; echo $?
      ls -A cs.store/masters | grep -c '^[.][.]f1.new'
      publish f1 --video-options "$FAST" film.mp4; echo $?
      ls -A cs.store/masters | grep -c '^[.][.]f1.new'
      as cs cs-publish --verify; echo $?
      grep -c '"kind":"published"' l
      """)
    #expect(result.text == "137\n1\n0\n0\n0\n1\n", "\(result.text)\(result.errors)")
  }

  /// Of two at once one waits or is refused; there is one master and one entry.
  @Test func twoAtOnce() throws {
    let result = try VisualShell().run(
      """
      for n in 1 2; do (publish f1 --video-options "$FAST" film.mp4 2> error$n; echo $? > status$n) & done
      wait
      cat status1 status2 | sort | tail -n 1 | grep -c '^[02]$'
      publish f1 --video-options "$FAST" film.mp4; echo $?
      as cs cs-publish --verify; echo $?
      grep -c '"kind":"published"' l
      """)
    #expect(result.text == "1\n0\n0\n1\n", "\(result.text)\(result.errors)")
  }
}
