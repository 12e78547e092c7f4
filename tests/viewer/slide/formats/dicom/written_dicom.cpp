// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/viewer/slide/formats/dicom/written_dicom.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace geneglass::testing {
namespace {

void need(const OFCondition& condition) {
  if (condition.good()) return;
  std::fprintf(stderr, "DCMTK: %s\n", condition.text());
  std::abort();
}

void putText(DcmItem& item, const DcmTagKey& tag, const std::string& text) {
  if (!text.empty()) need(item.putAndInsertString(tag, text.c_str()));
}

DcmItem& itemOf(DcmItem& item, const DcmTagKey& sequence, long number = 0) {
  DcmItem* found = nullptr;
  need(item.findOrCreateSequenceItem(sequence, found, number));
  return *found;
}

void putWhole(DcmItem& item, const DcmTagKey& tag, int number) {
  need(item.putAndInsertUint16(tag, static_cast<Uint16>(number)));
}

void putImageFacts(DcmItem& set, const WrittenDicom& instance) {
  putText(set, DCM_SOPClassUID, instance.objectClass);
  putText(set, DCM_SOPInstanceUID, instance.uid);
  putText(set, DCM_SeriesInstanceUID, instance.series);
  putText(set, DCM_StudyInstanceUID, "1.2.3");
  putText(set, DCM_PyramidUID, instance.pyramid);
  putText(set, DCM_Modality, "SM");
  putText(set, DCM_Manufacturer, "Geneglass");
  putText(set, DCM_PatientName, "Doe^Jane");
  putText(set, DCM_PatientID, "P-17");
  if (!instance.flavour.empty())
    putText(set, DCM_ImageType, "ORIGINAL\\PRIMARY\\" + instance.flavour + "\\NONE");
  putText(set, DCM_InstanceNumber, std::to_string(instance.number));
  putText(set, DCM_DimensionOrganizationType, instance.organization);
  putText(set, DCM_PhotometricInterpretation, instance.photometric);
  putText(set, DCM_NumberOfFrames, std::to_string(instance.frames.size()));
  putWhole(set, DCM_SamplesPerPixel, instance.samples);
  putWhole(set, DCM_PlanarConfiguration, 0);
  putWhole(set, DCM_Rows, instance.tileHeight);
  putWhole(set, DCM_Columns, instance.tileWidth);
  putWhole(set, DCM_BitsAllocated, 8);
  putWhole(set, DCM_BitsStored, 8);
  putWhole(set, DCM_HighBit, 7);
  putWhole(set, DCM_PixelRepresentation, 0);
  need(set.putAndInsertUint32(DCM_TotalPixelMatrixColumns, static_cast<Uint32>(instance.width)));
  need(set.putAndInsertUint32(DCM_TotalPixelMatrixRows, static_cast<Uint32>(instance.height)));
  if (instance.volumeWidth > 0) need(set.putAndInsertFloat32(DCM_ImagedVolumeWidth, instance.volumeWidth));
  if (instance.volumeHeight > 0) need(set.putAndInsertFloat32(DCM_ImagedVolumeHeight, instance.volumeHeight));
  if (instance.concatenation.empty()) return;
  putText(set, DCM_ConcatenationUID, instance.concatenation);
  putWhole(set, DCM_InConcatenationNumber, instance.part);
  putWhole(set, DCM_InConcatenationTotalNumber, instance.parts);
  need(set.putAndInsertUint32(DCM_ConcatenationFrameOffsetNumber, static_cast<Uint32>(instance.firstFrame)));
}

void putGroups(DcmItem& set, const WrittenDicom& instance) {
  DcmItem& path = itemOf(set, DCM_OpticalPathSequence);
  putText(path, DCM_OpticalPathIdentifier, "1");
  putText(path, DCM_ObjectiveLensPower, "20");
  if (!instance.colourProfile.empty())
    need(path.putAndInsertUint8Array(DCM_ICCProfile, instance.colourProfile.data(),
                                     static_cast<unsigned long>(instance.colourProfile.size())));
  DcmItem& shared = itemOf(set, DCM_SharedFunctionalGroupsSequence);
  if (!instance.spacing.empty() && !instance.spacingPerFrame)
    putText(itemOf(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing, instance.spacing);
  for (size_t i = 0; i < instance.positions.size(); ++i) {
    DcmItem& frame = itemOf(set, DCM_PerFrameFunctionalGroupsSequence, static_cast<long>(i));
    DcmItem& place = itemOf(frame, DCM_PlanePositionSlideSequence);
    need(place.putAndInsertSint32(DCM_ColumnPositionInTotalImagePixelMatrix, instance.positions[i].first));
    need(place.putAndInsertSint32(DCM_RowPositionInTotalImagePixelMatrix, instance.positions[i].second));
    if (instance.spacingPerFrame)
      putText(itemOf(frame, DCM_PixelMeasuresSequence), DCM_PixelSpacing, instance.spacing);
    if (i < instance.opticalPaths.size())
      putText(itemOf(frame, DCM_OpticalPathIdentificationSequence), DCM_OpticalPathIdentifier,
              instance.opticalPaths[i]);
  }
}

void putExtendedTable(DcmItem& set, const DcmOffsetList& lengths) {
  std::vector<Uint64> offsets;
  Uint64 at = 0;
  for (const Uint32 length : lengths) {
    offsets.push_back(at);
    at += length;
  }
  auto table = std::make_unique<DcmOther64bitVeryLong>(DCM_ExtendedOffsetTable);
  need(table->putUint64Array(offsets.data(), static_cast<unsigned long>(offsets.size())));
  need(set.insert(table.release()));
}

void putFragments(DcmItem& set, const WrittenDicom& instance, E_TransferSyntax syntax) {
  auto sequence = std::make_unique<DcmPixelSequence>(DCM_PixelSequenceTag);
  auto table = std::make_unique<DcmPixelItem>(DCM_PixelItemTag);
  DcmPixelItem& tableItem = *table;
  need(sequence->insert(table.release()));
  DcmOffsetList lengths;
  for (std::vector<uint8_t> frame : instance.frames)
    need(sequence->storeCompressedFrame(lengths, frame.data(), static_cast<Uint32>(frame.size()),
                                        instance.fragmentKiB));
  if (instance.basicTable) need(tableItem.createOffsetTable(lengths));
  if (instance.extendedTable) putExtendedTable(set, lengths);
  auto pixels = std::make_unique<DcmPixelData>(DCM_PixelData);
  pixels->putOriginalRepresentation(syntax, nullptr, sequence.release());
  need(set.insert(pixels.release()));
}

void putRaw(DcmItem& set, const WrittenDicom& instance) {
  std::vector<uint8_t> all;
  for (const std::vector<uint8_t>& frame : instance.frames) all.insert(all.end(), frame.begin(), frame.end());
  if (all.size() % 2 == 1) all.push_back(0);
  need(set.putAndInsertUint8Array(DCM_PixelData, all.data(), static_cast<unsigned long>(all.size())));
}

}  // namespace

void writeDicom(const std::filesystem::path& file, const WrittenDicom& instance) {
  DcmFileFormat format;
  DcmDataset& set = *format.getDataset();
  putImageFacts(set, instance);
  putGroups(set, instance);
  const E_TransferSyntax syntax = DcmXfer(instance.syntax.c_str()).getXfer();
  if (syntax == EXS_LittleEndianExplicit || syntax == EXS_LittleEndianImplicit || syntax == EXS_RLELossless)
    putRaw(set, instance);
  else
    putFragments(set, instance, syntax);
  if (syntax == EXS_RLELossless) {
    DcmRLEEncoderRegistration::registerCodecs();
    need(set.chooseRepresentation(EXS_RLELossless, nullptr));
  }
  need(format.saveFile(file.c_str(), syntax,
                       instance.definedLengths ? EET_ExplicitLength : EET_UndefinedLength));
}

}  // namespace geneglass::testing
