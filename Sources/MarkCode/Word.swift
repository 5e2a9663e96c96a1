/// The information bits of a path, by the steps of its pass, in the decoder's own memory.
///
/// The bit of step `k` is bit `times - 1 - k` of a 192-bit number, least significant limb first, so that
/// the state before a step is simply a run of that number's bits.
struct Word {
  static let limbs = 3

  let limbs: UnsafeMutablePointer<UInt64>
  /// Steps of a pass: 152 or 88.
  let times: Int

  /// The place of a step's bit.
  @inline(__always)
  func place(ofStep step: Int) -> Int {
    times - 1 - step
  }

  @inline(__always)
  func bit(at place: Int) -> UInt64 {
    limbs[place >> 6] >> UInt64(truncatingIfNeeded: place & 63) & 1
  }

  /// Turns the bit if `change` is 1, leaves it if 0.
  @inline(__always)
  func change(at place: Int, by change: UInt64) {
    limbs[place >> 6] ^= change << UInt64(truncatingIfNeeded: place & 63)
  }

  @inline(__always)
  func copy(from other: Word) {
    limbs[0] = other.limbs[0]
    limbs[1] = other.limbs[1]
    limbs[2] = other.limbs[2]
  }

  /// Replaces the last `memory` bits by those of the state in which the path ends.
  @inline(__always)
  func replaceEnding(by state: Int, memory: Int) {
    let mask = (1 as UInt64) << UInt64(memory) - 1
    limbs[0] = limbs[0] & ~mask | UInt64(state)
  }

  /// The state before a step, which is at least `memory` and at most `times`.
  @inline(__always)
  func state(beforeStep step: Int, memory: Int) -> Int {
    let place = times - step
    let index = place >> 6
    let shift = UInt64(place & 63)
    let upper = index < 2 ? limbs[index + 1] : 0
    // Swift's shifts by 64 or more give 0.
    let run = limbs[index] >> shift | upper << (64 - shift)
    return Int(truncatingIfNeeded: run) & (1 << memory - 1)
  }

  /// The block of the path whose step 0 is the trellis time `seam`.
  @inline(__always)
  func information(seam: Int) -> Information {
    // The bit of time t is bit times - 1 - t of a number: step k's place turned by the seam.
    let number = (limbs[0], limbs[1], limbs[2])
    let right = Self.shiftedRight(number, by: seam)
    let left = Self.shiftedLeft(number, by: times - seam)
    let low = right.0 | left.0
    let middle = right.1 | left.1
    let high = right.2 | left.2
    let check = UInt32(truncatingIfNeeded: low)
    let last = middle << 40 | low >> 24
    if times == 64 + CRC24.bitCount { return Information(short: last, check: check) }
    return Information(high: high << 40 | middle >> 24, low: last, check: check)
  }

  private typealias Limbs = (UInt64, UInt64, UInt64)

  @inline(__always)
  private static func shiftedRight(_ number: Limbs, by count: Int) -> Limbs {
    var (low, middle, high) = number
    for _ in 0..<count >> 6 { (low, middle, high) = (middle, high, 0) }
    let down = UInt64(count & 63)
    let up = 64 - down
    return (low >> down | middle << up, middle >> down | high << up, high >> down)
  }

  @inline(__always)
  private static func shiftedLeft(_ number: Limbs, by count: Int) -> Limbs {
    var (low, middle, high) = number
    for _ in 0..<count >> 6 { (low, middle, high) = (0, low, middle) }
    let up = UInt64(count & 63)
    let down = 64 - up
    return (low << up, middle << up | low >> down, high << up | middle >> down)
  }
}
