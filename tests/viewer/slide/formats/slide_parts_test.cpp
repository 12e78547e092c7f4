// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/slide_parts.h"

// jpeglib.h wants stdio.h before it.
#include <cstdio>

#include <jpeglib.h>
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <vector>

#include "tests/support/test_program.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::slide_parts_test {

static void writeText(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

/// A grey JPEG.
static void writeJpeg(const std::filesystem::path& path, unsigned width, unsigned height, JSAMPLE level) {
  FILE* file = std::fopen(path.c_str(), "wb");
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  jpeg_stdio_dest(&encoder, file);
  encoder.image_width = width;
  encoder.image_height = height;
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder);
  encoder.restart_in_rows = 1;
  jpeg_start_compress(&encoder, TRUE);
  std::vector<JSAMPLE> row(size_t{width} * 3, level);
  JSAMPROW rows[] = {row.data()};
  while (encoder.next_scanline < height) jpeg_write_scanlines(&encoder, rows, 1);
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  std::fclose(file);
}

class SlidePartsTest : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;

  std::filesystem::path place(const char* name) const {
    return m_folder->filePath(QLatin1String(name)).toStdString();
  }
  std::vector<std::string> partsOf(const char* name, const std::string& vendor) const {
    std::vector<std::string> names;
    const auto parts = slideParts(readFileHead(place(name)).value(), vendor).value();
    for (const std::filesystem::path& part : parts)
      names.push_back(std::filesystem::relative(part, place("")).string());
    return names;
  }
  void writeMirax() const {
    std::filesystem::create_directory(place("a"));
    writeText(place("a.mrxs"), "a JPEG");
    writeText(
        place("a/Slidedat.ini"),
        "\xef\xbb\xbf[GENERAL]\r\nSLIDE_ID = x\r\n[HIERARCHICAL]\r\nINDEXFILE = Index.dat\r\n"
        "[DATAFILE]\r\nFILE_COUNT = 2\r\nFILE_1 = Data1.dat\r\nFILE_0 = Data0.dat\r\nAGAIN=Data1.dat\r\n");
    for (const char* name : {"a/Index.dat", "a/Data0.dat", "a/Data1.dat", "a/notes.txt"})
      writeText(place(name), name);
  }
  std::string miraxHash() const {
    const FileHead head = readFileHead(place("a.mrxs")).value();
    return contentHash(*head.file, head.path, slideParts(head, "mirax").value()).value();
  }
  void writeVms() const {
    writeText(
        place("b.vms"),
        "[Virtual Microscope Specimen]\nNoLayers=1\nNoJpegColumns=1\nNoJpegRows=1\nImageFile=image.jpg\n"
        "MapFile=map.jpg\nSourceLens=20\nPhysicalWidth=512000\nPhysicalHeight=256000\n");
    writeJpeg(place("image.jpg"), 1024, 512, 200);
    writeJpeg(place("map.jpg"), 128, 64, 200);
  }

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }

  void aSlideOfOneFileHasNoParts() {
    writeText(place("a.svs"), "ImageFile=b.jpg\n");
    writeText(place("b.jpg"), "");
    QCOMPARE(partsOf("a.svs", "aperio"), std::vector<std::string>());
    QCOMPARE(partsOf("a.svs", "hamamatsu"),
             std::vector<std::string>());  // an NDPI that is no TIFF to libtiff
  }

  void miraxHasWhatItsDescriptionNamesInThatOrder() {
    writeMirax();
    QCOMPARE(partsOf("a.mrxs", "mirax"),
             (std::vector<std::string>{"a/Slidedat.ini", "a/Index.dat", "a/Data1.dat", "a/Data0.dat"}));
  }

  void miraxWithoutItsDescriptionIsASentence() {
    writeText(place("a.mrxs"), "a JPEG");
    QCOMPARE(slideParts(readFileHead(place("a.mrxs")).value(), "mirax").error().sentence,
             "Cannot read '" + place("a/Slidedat.ini").string() + "': No such file or directory.");
  }

  void nothingOutsideTheFolderAndNoPipeIsAPart() {
    writeMirax();
    writeText(place("secret.dat"), "");
    QCOMPARE(mkfifo(place("a/pipe.dat").c_str(), 0600), 0);
    writeText(place("a/Slidedat.ini"),
              "A=../secret.dat\nB=/etc/passwd\nC=..\nD=pipe.dat\nE=\nF=absent.dat\nG");
    QCOMPARE(partsOf("a.mrxs", "mirax"), std::vector<std::string>{"a/Slidedat.ini"});
  }

  void everyPartCountsAndWhatIsNoPartDoesNot() {
    writeMirax();
    const std::string whole = miraxHash();
    writeText(place("a/notes.txt"), "other");
    QCOMPARE(miraxHash(), whole);
    for (const char* name : {"a.mrxs", "a/Index.dat", "a/Data0.dat", "a/Data1.dat"}) {
      writeMirax();
      QCOMPARE(miraxHash(), whole);
      writeText(place(name), "other");
      QVERIFY2(miraxHash() != whole, name);
    }
    writeMirax();
    std::filesystem::rename(place("a/Data0.dat"), place("kept"));
    std::filesystem::rename(place("a/Data1.dat"), place("a/Data0.dat"));
    std::filesystem::rename(place("kept"), place("a/Data1.dat"));
    QVERIFY2(miraxHash() != whole, "names do not count");
    std::filesystem::remove(place("a/Data1.dat"));
    QVERIFY2(miraxHash() != whole, "a missing part does not count");
  }

  void aRenamedSlideKeepsItsIdentity() {
    writeMirax();
    const std::string whole = miraxHash();
    std::filesystem::rename(place("a"), place("b"));
    std::filesystem::rename(place("a.mrxs"), place("b.mrxs"));
    const FileHead head = readFileHead(place("b.mrxs")).value();
    QCOMPARE(contentHash(*head.file, head.path, slideParts(head, "mirax").value()).value(), whole);
  }

  void anOpenedVmsIsKnownByAllItsFiles() {
    writeVms();
    QCOMPARE(partsOf("b.vms", "hamamatsu"), (std::vector<std::string>{"image.jpg", "map.jpg"}));
    const Result<OpenedSlide> first = openSlide(place("b.vms"));
    QVERIFY2(first, first ? "" : first.error().sentence.c_str());
    QCOMPARE(first->slide->vendor, std::string("hamamatsu"));
    QCOMPARE(openSlide(place("b.vms"))->slide->hash, first->slide->hash);
    writeJpeg(place("image.jpg"), 1024, 512, 100);
    const Result<OpenedSlide> other = openSlide(place("b.vms"));
    QVERIFY2(other, other ? "" : other.error().sentence.c_str());
    QVERIFY2(other->slide->hash != first->slide->hash, "two slides are taken for one");
  }
};

}  // namespace geneglass::slide_parts_test

GENEGLASS_TEST(geneglass::slide_parts_test::SlidePartsTest)
#include "slide_parts_test.moc"
