// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/slide/formats/dicom/dicom_frames.h"
#include "viewer/slide/formats/dicom/dicom_placement.h"
#include "viewer/slide/formats/level_reader.h"

namespace geneglass {

/// One picture of a DICOM slide, a level or a label, from the instance or the parts of the concatenation that
/// hold it. Of several focal planes or optical paths it shows the first. Any thread.
class DicomLevelReader final : public LevelReader {
 public:
  /// `parts`: one instance, or those of one concatenation; at least one. Blocks on the disk. The error is a
  /// reason without the file's name.
  static Result<std::shared_ptr<const DicomLevelReader>> of(std::vector<DicomInstance> parts);

  /// The facts that all parts share.
  const DicomInstance& facts() const { return *m_parts.front().instance; }
  std::optional<Mpp> spacing() const { return m_spacing; }
  std::vector<std::shared_ptr<const DicomInstance>> instances() const;

  /// A sentence on what was chosen of several frames of a tile; empty where each has one.
  const std::string& note() const { return m_note; }
  /// Sentences on what of it is lost; empty where all is there.
  const std::string& damage() const { return m_damage; }

  int64_t columns() const { return (facts().size.width - 1) / facts().tile.width + 1; }
  int64_t rows() const { return (facts().size.height - 1) / facts().tile.height + 1; }

  Size held(int64_t, int64_t) const override { return facts().tile; }
  bool canReduce() const override { return true; }
  bool isLeftOut(int64_t column, int64_t row) const override;
  std::string decode(int64_t column, int64_t row, int reduction, Image& image) const override;

 private:
  struct Part {
    std::shared_ptr<const DicomInstance> instance;
    DicomFrames frames;
  };

  std::string place();
  void findDamage();
  void noteChoice(int64_t framesOfATile);
  std::optional<DicomFramePlace> frameOf(int64_t column, int64_t row) const;

  std::vector<Part> m_parts;  ///< in the order of the concatenation
  bool m_sparse = false;
  bool m_lacksParts = false;
  bool m_hasOtherPaths = false;
  std::vector<DicomFramePlace> m_places;  ///< sparse: by tile, each once
  std::optional<Mpp> m_spacing;
  std::string m_damage;
  std::string m_note;
};

}  // namespace geneglass
