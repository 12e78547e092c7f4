// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_instance.h"

namespace geneglass {

/// Where the frames of one instance lie in its file: 8 bytes of memory a frame, whatever a frame has.
/// Constant; any thread.
class DicomFrames final {
 public:
  /// By the offset table, extended or basic, or, without a sound one, by one walk over the fragments. Blocks
  /// on the disk. The error is a reason without the file's name.
  static Result<DicomFrames> of(const DicomInstance& instance);

  /// That begin before the end of the file: fewer than the instance says where it is cut short.
  int64_t count() const { return m_count; }

  /// The bytes of a frame, its fragments one after another; they live until the thread reads its next frame.
  /// Empty where it did, else why not.
  std::string read(int64_t frame, std::span<const uint8_t>& bytes) const;

 private:
  bool addTable(const DicomInstance& instance, DicomElements& elements, uint64_t table, size_t width,
                uint64_t base);
  std::string addFragments(const DicomInstance& instance, uint64_t base);
  std::string joinFragments(std::span<uint8_t> range, std::span<const uint8_t>& bytes) const;

  std::shared_ptr<const PositionedFile> m_file;
  int64_t m_count = 0;
  uint64_t m_mostBytes = 0;        ///< of one frame; more are refused
  std::vector<uint64_t> m_starts;  ///< encapsulated: of each frame's first fragment
  uint64_t m_end = 0;              ///< encapsulated: behind the last frame
  uint64_t m_rawStart = 0;         ///< else: of the first
  uint64_t m_rawBytes = 0;         ///< of each; 0: encapsulated
};

}  // namespace geneglass
