// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/content_hash.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

using namespace geneglass;

static constexpr int64_t mebibyte = 1 << 20;

class ContentHashTest : public QObject {
  Q_OBJECT
  QTemporaryDir m_folder;

  /// A file of `size` zeros (sparse) with one byte set at each place named.
  std::filesystem::path write(int64_t size, std::initializer_list<int64_t> places) {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("a.bin")).toStdString();
    std::ofstream(file, std::ios::trunc).close();
    std::filesystem::resize_file(file, static_cast<uintmax_t>(size));
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    for (const int64_t place : places) stream.seekp(place).put('x');
    return file;
  }
  std::string hashOf(int64_t size, std::initializer_list<int64_t> places) {
    return contentHash(write(size, places)).value_or("none");
  }

 private Q_SLOTS:
  void a_small_file_gives_the_sha_256_of_its_size_and_all_its_bytes() {
    const QByteArray bytes = QByteArray::fromHex("0300000000000000") + "abc";
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("b.bin")).toStdString();
    std::ofstream(file) << "abc";
    QCOMPARE(contentHash(file).value(),
             QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString());
  }

  void up_to_8_mib_every_byte_counts() {
    const std::string plain = hashOf(8 * mebibyte, {});
    QVERIFY(hashOf(8 * mebibyte, {5 * mebibyte + 77}) != plain);
    QVERIFY(hashOf(8 * mebibyte, {8 * mebibyte - 1}) != plain);
  }

  void of_a_large_file_the_size_both_ends_and_the_samples_count() {
    const int64_t size = 10'000 * mebibyte;
    const std::string plain = hashOf(size, {});
    QCOMPARE(plain.size(), size_t{64});
    QCOMPARE(hashOf(size, {}), plain);
    QVERIFY(hashOf(size + 1, {}) != plain);
    QVERIFY(hashOf(size, {mebibyte - 1}) != plain);
    QVERIFY(hashOf(size, {size - mebibyte}) != plain);
    const int64_t step = (size - 2 * mebibyte - 65536) / 63;
    QVERIFY(hashOf(size, {mebibyte + 31 * step}) != plain);
    QVERIFY(hashOf(size, {mebibyte + 63 * step + 65535}) != plain);
    QCOMPARE(hashOf(size, {mebibyte + 31 * step - 1}), plain);
  }

  void a_missing_file_is_a_sentence() {
    QCOMPARE(contentHash("/no/such.svs").error().sentence,
             std::string("Cannot read '/no/such.svs': No such file or directory."));
  }
};

QTEST_GUILESS_MAIN(ContentHashTest)
#include "content_hash_test.moc"
