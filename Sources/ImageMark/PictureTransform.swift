import CFFTW
import FourierPlanning
import Glibc

/// The Fourier transform of a picture that fades out towards its borders, in place.
///
/// Rows that the picture does not reach are left out: pictures are seldom square. Plans are estimated,
/// never measured, so that equal input gives equal output on every run.
final class PictureTransform {
  /// Values of a side.
  let side: Int
  /// `side` rows of `side / 2 + 1` complex values.
  ///
  /// Columns are cycles per side to the right, rows downwards modulo the side. The origin is the picture's
  /// first sample.
  let waves: UnsafeMutablePointer<SIMD2<Float>>
  /// The middle of the picture that was transformed last.
  private(set) var middle = (x: 0, y: 0)
  private let rowPlan: fftwf_plan
  private let columnPlan: fftwf_plan

  /// Complex values of a row.
  var half: Int { side / 2 + 1 }

  /// - Parameter side: a product of small primes, even.
  init(side: Int) {
    self.side = side
    let half = side / 2 + 1
    var count = CInt(side)
    guard let memory = fftwf_alloc_complex(side * half),
      let plans = TransformPlanner.alone({ () -> (fftwf_plan, fftwf_plan)? in
        let real = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Float.self)
        guard
          let rows = fftwf_plan_dft_r2c_1d(count, real, memory, UInt32(FFTW_ESTIMATE)),
          let columns = fftwf_plan_many_dft(
            1, &count, CInt(half), memory, nil, CInt(half), 1, memory, nil, CInt(half), 1,
            FFTW_FORWARD, UInt32(FFTW_ESTIMATE))
        else { return nil }
        return (rows, columns)
      })
    else { fatalError("no memory for a transform of \(side) by \(side)") }
    (rowPlan, columnPlan) = plans
    waves = UnsafeMutableRawPointer(memory).bindMemory(
      to: SIMD2<Float>.self, capacity: side * half)
  }

  deinit {
    TransformPlanner.alone {
      fftwf_destroy_plan(rowPlan)
      fftwf_destroy_plan(columnPlan)
    }
    fftwf_free(waves)
  }

  /// Transforms a picture.
  ///
  /// - Parameter map: no side longer than the transform's.
  func transform(_ map: FloatMap) {
    let (across, down) = (Self.window(map.width), Self.window(map.height))
    middle = (map.width / 2, map.height / 2)
    for y in 0..<map.height {
      let complex = waves + y * half
      let raw = UnsafeMutableRawPointer(complex)
      let (row, out) = (map.row(y), raw.assumingMemoryBound(to: Float.self))
      let factor = down[y]
      for x in 0..<map.width { out[x] = row[x] * across[x] * factor }
      (out + map.width).update(repeating: 0, count: 2 * half - map.width)
      fftwf_execute_dft_r2c(rowPlan, out, raw.assumingMemoryBound(to: fftwf_complex.self))
    }
    (waves + map.height * half).update(repeating: .zero, count: (side - map.height) * half)
    fftwf_execute(columnPlan)
  }

  /// A half wave, never quite 0.
  private static func window(_ count: Int) -> [Float] {
    (0..<count).map { Float(sin(Double.pi * Double($0 + 1) / Double(count + 1))) }
  }
}
