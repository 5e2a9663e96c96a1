import CFFTW
import FourierPlanning

/// A complex Fourier transform of one length, with its buffers.
///
/// Plans are estimated, never measured, so that equal input gives equal output on every run.
final class ComplexTransform {
  /// Number of complex values.
  let count: Int
  /// Input, interleaved real and imaginary; the plan leaves it as it is.
  let input: UnsafeMutablePointer<SIMD2<Float>>
  /// Output of `execute()`.
  let output: UnsafeMutablePointer<SIMD2<Float>>
  private let plan: fftwf_plan

  /// - Parameters:
  ///   - count: the length.
  ///   - isInverse: the sign of the exponent; neither direction scales.
  init(count: Int, isInverse: Bool) {
    self.count = count
    guard let a = fftwf_alloc_complex(count), let b = fftwf_alloc_complex(count),
      let made = TransformPlanner.alone({
        fftwf_plan_dft_1d(
          CInt(count), a, b, isInverse ? FFTW_BACKWARD : FFTW_FORWARD,
          UInt32(FFTW_ESTIMATE) | UInt32(FFTW_PRESERVE_INPUT))
      })
    else { fatalError("no memory for a transform of \(count)") }
    plan = made
    input = UnsafeMutableRawPointer(a).bindMemory(to: SIMD2<Float>.self, capacity: count)
    output = UnsafeMutableRawPointer(b).bindMemory(to: SIMD2<Float>.self, capacity: count)
    input.update(repeating: .zero, count: count)
  }

  deinit {
    TransformPlanner.alone { fftwf_destroy_plan(plan) }
    fftwf_free(input)
    fftwf_free(output)
  }

  /// Transforms `input` into `output`.
  func execute() { fftwf_execute(plan) }
}

/// A real Fourier transform forward and back, with its buffers.
final class RealTransform {
  /// Number of real values.
  let count: Int
  /// The real side.
  let real: UnsafeMutablePointer<Float>
  /// The complex side, `count / 2 + 1` values.
  let complex: UnsafeMutablePointer<SIMD2<Float>>
  private let forwardPlan: fftwf_plan
  private let inversePlan: fftwf_plan

  init(count: Int) {
    self.count = count
    guard let a = fftwf_alloc_real(count), let b = fftwf_alloc_complex(count / 2 + 1),
      let forward = TransformPlanner.alone({
        fftwf_plan_dft_r2c_1d(CInt(count), a, b, UInt32(FFTW_ESTIMATE))
      }),
      let inverse = TransformPlanner.alone({
        fftwf_plan_dft_c2r_1d(CInt(count), b, a, UInt32(FFTW_ESTIMATE))
      })
    else { fatalError("no memory for a transform of \(count)") }
    forwardPlan = forward
    inversePlan = inverse
    real = a
    complex = UnsafeMutableRawPointer(b).bindMemory(
      to: SIMD2<Float>.self, capacity: count / 2 + 1)
  }

  deinit {
    TransformPlanner.alone {
      fftwf_destroy_plan(forwardPlan)
      fftwf_destroy_plan(inversePlan)
    }
    fftwf_free(real)
    fftwf_free(complex)
  }

  /// Transforms `real` into `complex`.
  func forward() { fftwf_execute(forwardPlan) }
  /// Transforms `complex` into `real`, unscaled; `complex` is destroyed.
  func inverse() { fftwf_execute(inversePlan) }
}
