import CSystemCalls
import Glibc

/// A program that has ended, and what it said.
package struct Subprocess {
  /// The exit status, or 128 and the signal number as a shell has it.
  package let status: Int
  /// The bytes on standard output.
  package let output: [UInt8]
  /// The text on standard error.
  package let errors: String

  /// Standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: a path, or a name looked up along PATH.
  ///   - arguments: without the name of the program.
  ///   - input: the bytes of its standard input.
  ///   - environment: added to PATH, HOME, LC_ALL=C and SWIFT_BACKTRACE.
  ///   - folder: where it runs.
  ///   - seconds: when it is killed.
  /// - Returns: the ended program.
  /// - Throws: `TestFailure` when the program is missing or takes too long.
  package static func run(
    _ program: String, _ arguments: [String] = [], input: [UInt8] = [],
    environment: [String: String] = [:], folder: String? = nil, seconds: Int = 60
  ) throws -> Subprocess {
    let (inputRead, inputWrite) = try pipe()
    let (outputRead, outputWrite) = try pipe()
    let (errorRead, errorWrite) = try pipe()
    var process: pid_t = 0
    let result = withCStrings([program] + arguments) { arguments in
      withCStrings(variables(environment)) { environment in
        cs_spawn(
          &process, program, arguments, environment, folder, inputRead, outputWrite, errorWrite)
      }
    }
    for number in [inputRead, outputWrite, errorWrite] { close(number) }
    guard result == 0 else {
      for number in [inputWrite, outputRead, errorRead] { close(number) }
      throw TestFailure("cannot run \(program): \(String(cString: strerror(result)))")
    }
    var exchange = Exchange(input: input, inputWrite, outputRead, errorRead)
    let isInTime = exchange.run(until: now() + Int64(seconds) * 1000)
    if !isInTime { kill(process, SIGKILL) }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard isInTime else { throw TestFailure("\(program) took more than \(seconds) s") }
    let signal = status & 0x7F
    return Subprocess(
      status: signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal),
      output: exchange.output, errors: String(decoding: exchange.errors, as: UTF8.self))
  }

  /// Runs a line of shell, with `set -o pipefail`.
  package static func shell(
    _ line: String, input: [UInt8] = [], environment: [String: String] = [:],
    folder: String? = nil, seconds: Int = 60
  ) throws -> Subprocess {
    try run(
      "bash", ["-c", "set -o pipefail\n" + line], input: input, environment: environment,
      folder: folder, seconds: seconds)
  }

  private static func variables(_ added: [String: String]) -> [String] {
    var all = ["LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no"]
    for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] {
      if let value = getenv(name) { all[name] = String(cString: value) }
    }
    all.merge(added) { $1 }
    return all.map { "\($0)=\($1)" }.sorted()
  }

  private static func pipe() throws -> (CInt, CInt) {
    var ends: [CInt] = [0, 0]
    guard cs_pipe(&ends) == 0 else { throw TestFailure("cannot make a pipe") }
    return (ends[0], ends[1])
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
  ) rethrows -> Result {
    let copies = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return try body(copies)
  }

  fileprivate static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// Feeds and drains a program's three streams at once, so that none can block it.
private struct Exchange {
  private let input: [UInt8]
  private var sent = 0
  private var numbers: [CInt]
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []

  init(input: [UInt8], _ toInput: CInt, _ fromOutput: CInt, _ fromErrors: CInt) {
    self.input = input
    numbers = [toInput, fromOutput, fromErrors]
    // A program may end without reading its input.
    signal(SIGPIPE, SIG_IGN)
    _ = fcntl(toInput, F_SETFL, O_NONBLOCK)
    if input.isEmpty { end(0) }
  }

  private mutating func end(_ index: Int) {
    close(numbers[index])
    numbers[index] = -1
  }

  /// Returns false when the time is over first.
  mutating func run(until deadline: Int64) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    defer { for index in numbers.indices where numbers[index] >= 0 { end(index) } }
    while numbers.contains(where: { $0 >= 0 }) {
      let wait = deadline - Subprocess.now()
      if wait <= 0 { return false }
      var polled = [
        pollfd(fd: numbers[0], events: Int16(POLLOUT), revents: 0),
        pollfd(fd: numbers[1], events: Int16(POLLIN), revents: 0),
        pollfd(fd: numbers[2], events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 3, CInt(wait)) < 0 { continue }
      if polled[0].revents != 0 {
        let count = input[sent...].withUnsafeBytes { bytes in
          Glibc.write(numbers[0], bytes.baseAddress, bytes.count)
        }
        if count > 0 { sent += count }
        if sent == input.count || (count < 0 && errno != EAGAIN && errno != EINTR) { end(0) }
      }
      for index in [1, 2] where polled[index].revents != 0 {
        let count = read(numbers[index], &buffer, buffer.count)
        if count > 0 {
          if index == 1 { output += buffer[..<count] } else { errors += buffer[..<count] }
        } else if count == 0 || errno != EINTR {
          end(index)
        }
      }
    }
    return true
  }
}
