import CFFTW
import FourierPlanning
import Glibc

/// A real Fourier transform of a square, forward and back, with its buffers.
///
/// Plans are estimated, never measured, so that equal input gives equal output on every run.
final class PlanarTransform {
  /// Values of a side.
  let side: Int
  /// The real square, row by row.
  let real: UnsafeMutablePointer<Float>
  /// `side` rows of `side / 2 + 1` complex values.
  let complex: UnsafeMutablePointer<SIMD2<Float>>
  private let forwardPlan: fftwf_plan
  private let inversePlan: fftwf_plan
  /// Those of other sides that were asked for.
  private var others: [Int: PlanarTransform] = [:]

  /// Complex values of a row.
  var half: Int { side / 2 + 1 }

  init(side: Int) {
    self.side = side
    guard let a = fftwf_alloc_real(side * side), let b = fftwf_alloc_complex(side * (side / 2 + 1)),
      let plans = TransformPlanner.alone({ () -> (fftwf_plan, fftwf_plan)? in
        guard
          let forward = fftwf_plan_dft_r2c_2d(CInt(side), CInt(side), a, b, UInt32(FFTW_ESTIMATE)),
          let inverse = fftwf_plan_dft_c2r_2d(CInt(side), CInt(side), b, a, UInt32(FFTW_ESTIMATE))
        else { return nil }
        return (forward, inverse)
      })
    else { fatalError("no memory for a transform of \(side) by \(side)") }
    (forwardPlan, inversePlan) = plans
    real = a
    complex = UnsafeMutableRawPointer(b).bindMemory(
      to: SIMD2<Float>.self, capacity: side * (side / 2 + 1))
  }

  deinit {
    TransformPlanner.alone {
      fftwf_destroy_plan(forwardPlan)
      fftwf_destroy_plan(inversePlan)
    }
    fftwf_free(real)
    fftwf_free(complex)
  }

  /// A transform of another side, made once.
  func ofSide(_ other: Int) -> PlanarTransform {
    if other == side { return self }
    if let known = others[other] { return known }
    let made = PlanarTransform(side: other)
    others[other] = made
    return made
  }

  /// Transforms `real` into `complex`.
  func forward() { fftwf_execute(forwardPlan) }
  /// Transforms `complex` into `real`, unscaled; `complex` is destroyed.
  func inverse() { fftwf_execute(inversePlan) }
}
